"""Agencies, units, people, appointments, users. Rows are dated and never move."""

from gongkai.agencies.models.agency import Agency, AgencyName, Channel, Succession, Unit
from gongkai.agencies.models.office import DisclosureOffice, GuideText, LeadingGroupMember, OfficeMember
from gongkai.agencies.models.people import Appointment, Person, Post
from gongkai.agencies.models.user import User, UserManager

__all__ = [
    "Agency",
    "AgencyName",
    "Appointment",
    "Channel",
    "DisclosureOffice",
    "GuideText",
    "LeadingGroupMember",
    "OfficeMember",
    "Person",
    "Post",
    "Succession",
    "Unit",
    "User",
    "UserManager",
]
