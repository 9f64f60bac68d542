"""The office's addresses of agencies, their people, sections, offices and guides."""

from django.urls import path

from gongkai.agencies.views import agency, appointments, disclosure, people, rows, tree, units

urlpatterns = [
    path("", agency.index, name="agencies"),
    path("found/", tree.found, name="agency_found"),
    path("missing/", agency.missing, name="agencies_missing"),
    path("<id:public_id>/", agency.detail, name="agency"),
    path("<id:public_id>/change/", tree.change, name="agency_change"),
    path("<id:public_id>/move/", tree.move, name="agency_move"),
    path("<id:public_id>/review-organ/", tree.review_organ, name="agency_review_organ"),
    path("<id:public_id>/rename/", tree.rename, name="agency_rename"),
    path("<id:public_id>/merge/", tree.merge, name="agency_merge"),
    path("<id:public_id>/units/", units.index, name="agency_units"),
    path("<id:public_id>/units/open/", units.open_unit, name="unit_open"),
    path("<id:public_id>/units/<id:unit_id>/change/", units.change, name="unit_change"),
    path("<id:public_id>/units/<id:unit_id>/close/", units.close, name="unit_close"),
    path("<id:public_id>/office/", disclosure.index, name="agency_office"),
    path("<id:public_id>/office/set/", disclosure.set_office, name="office_set"),
    path("<id:public_id>/office/members/add/", disclosure.add_office_member, name="office_member_add"),
    path("<id:public_id>/leading-group/add/", disclosure.add_group_member, name="group_member_add"),
    path("<id:public_id>/guide/", disclosure.guide, name="agency_guide"),
    path("<id:public_id>/guide/write/<slug:part>/", disclosure.write_guide, name="guide_write"),
    path("<id:public_id>/channels/open/", disclosure.open_channel, name="channel_open"),
    path("<id:public_id>/rows/<slug:kind>/<id:row_id>/correct/", rows.correct, name="row_correct"),
    path("<id:public_id>/rows/<slug:kind>/<id:row_id>/end/", rows.end, name="row_end"),
    path("<id:public_id>/people/", people.index, name="agency_people"),
    path("<id:public_id>/people/add/", people.add, name="person_add"),
    path("<id:public_id>/people/find/", people.find, name="people_find"),
    path("<id:public_id>/people/<id:person_id>/", people.detail, name="person"),
    path("<id:public_id>/people/<id:person_id>/change/", people.change, name="person_change"),
    path("<id:public_id>/people/<id:person_id>/post/", people.give_post, name="person_post"),
    path("<id:public_id>/people/<id:person_id>/appoint/", appointments.appoint, name="person_appoint"),
    path("<id:public_id>/people/<id:person_id>/leave/", appointments.leave, name="person_leave"),
    path("<id:public_id>/people/<id:person_id>/hand-over/", appointments.hand_over, name="person_hand_over"),
    path("<id:public_id>/appointments/<id:appointment_id>/end/", appointments.end, name="appointment_end"),
    path(
        "<id:public_id>/appointments/<id:appointment_id>/delegate/", appointments.delegate, name="appointment_delegate"
    ),
]
