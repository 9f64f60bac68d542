"""The year of the demo county: some 120 letters to seven offices, spread over it, and what is under way today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from gongkai.demo.requests import paths, special, stories
from gongkai.demo.requests.offices import Office
from gongkai.demo.requests.people import Applicants
from gongkai.demo.requests.playing import Days, Story, play
from gongkai.demo.requests.themes import THEMES
from gongkai.inforequests.actions.intake import Letter
from gongkai.inforequests.choices import Channel, Medium, Way
from gongkai.law.workdays import calendar

_CHANNELS = (Channel.INTERNET, Channel.INTERNET, Channel.INTERNET, Channel.SIGNED_MAIL, Channel.IN_PERSON)
_ORDINARY = (
    *("granted", "already_public", "granted", "partly", "not_existing", "granted", "not_responsible", "granted"),
    *("already_public", "granted", "to_be_created", "granted"),
)
"""How the ordinary letters end, in turn."""
_PLAIN_LETTERS = 78
_YEAR = 245
"""Working days of a year, about."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A letter: how many working days before the last day it comes, to which office, and its story."""

    ago: int
    office: str
    story: stories.Way
    channel: Channel = Channel.INTERNET
    way: Way = Way.DOWNLOAD
    applicant: int = 0
    is_organisation: bool = False
    has_agent: bool = False
    text: str = ""


def play_year(offices: dict[str, Office], until: date) -> None:
    """Plays the year up to a day. The letters come in the order of the plan's days."""
    plans = sorted((*_ordinary(), *_special(), *_within_the_procedure(), *_under_way()), key=lambda plan: -plan.ago)
    play([_story(plan, number, offices, until) for number, plan in enumerate(plans)], until=until)


def _story(plan: Plan, number: int, offices: dict[str, Office], until: date) -> Story:
    office, applicants = offices[plan.office], Applicants()
    who = plan.applicant or number + 1
    party = applicants.organisation(who) if plan.is_organisation else applicants.person(who)
    texts = THEMES[plan.office]
    first = _before(until, plan.ago)
    letter = Letter(
        agency=office.agency,
        channel=plan.channel,
        text=plan.text or texts[number % len(texts)],
        medium=Medium.ELECTRONIC if plan.way == Way.DOWNLOAD else Medium.PAPER,
        way=plan.way,
        parties=(party, applicants.agent(who)) if plan.has_agent else (party,),
        arrived_on=first,
    )
    return plan.story(paths.Case(office, letter, Days(first)))


def _before(day: date, count: int) -> date:
    """The working day so many before a day; the day itself, or the last working day before it, for none."""
    days = calendar()
    here = days.on_or_before(day)
    for _ in range(count):
        here = days.on_or_before(date.fromordinal(here.toordinal() - 1))
    return here


def _ordinary() -> Iterator[Plan]:
    """Letters as they come all year: each ends in turn in one of the usual ways."""
    keys = ("land", "housing", "education", "industry", "township", "housing", "land", "office", "government")
    for number in range(_PLAIN_LETTERS):
        ago = _YEAR - number * (_YEAR - 28) // _PLAIN_LETTERS
        channel = _CHANNELS[number % len(_CHANNELS)]
        way = {Channel.INTERNET: Way.DOWNLOAD, Channel.IN_PERSON: Way.WINDOW}.get(channel, Way.POST)
        yield Plan(
            ago,
            keys[number % len(keys)],
            partial(stories.plain, ending=_ORDINARY[number % len(_ORDINARY)]),
            channel,
            way,
            is_organisation=number % 6 == 4,
            has_agent=number % 13 == 7,
        )


def _special() -> Iterator[Plan]:
    """What does not happen every day, each once or twice: every result of table 3 is among it."""
    plain, forty = stories.plain, [f"青禾县工业园区第{n}号地块上企业的技术改造补助文件" for n in range(1, 41)]
    land = "柳溪镇和平村2018年征地批准文件和征收土地方案"
    house = "城东片区房屋征收补偿安置方案和各户补偿明细"
    yield Plan(236, "land", partial(plain, ending="archived"), applicant=3, text=land)
    yield Plan(231, "housing", partial(special.consults_third_party, is_separable=True), applicant=9, text=house)
    neighbour = "城东片区38号赵某某的房屋征收补偿协议"
    yield Plan(224, "housing", partial(special.consults_third_party, is_separable=False), applicant=12, text=neighbour)
    yield Plan(216, "industry", partial(special.asks_for_forty, texts=forty, pays=False), applicant=21)
    complaint = "要求查处县第一中学违规收取补课费并给我答复"
    yield Plan(209, "education", partial(plain, ending="petition"), applicant=14, text=complaint)
    yield Plan(203, "township", partial(plain, ending="granted"), Channel.ORDINARY_MAIL, Way.POST, applicant=27)
    yield Plan(198, "education", partial(plain, ending="granted"), Channel.IN_PERSON, Way.WINDOW, applicant=5)
    defence = "青禾县人民防空指挥工程的位置和建设批文"
    yield Plan(192, "office", special.keeps_secret, applicant=17, text=defence)
    yield Plan(188, "housing", special.is_reopened, applicant=8, text="清河路18号院2016年的改造方案")
    yield Plan(183, "land", partial(plain, ending="by_law"), is_organisation=True, text="农村住户统计调查的逐户原始表")
    yield Plan(176, "housing", partial(plain, ending="security"), text="城北燃气储配站的安防监控布点图")
    yield Plan(
        171,
        "office",
        partial(plain, ending="internal"),
        Channel.SIGNED_MAIL,
        Way.POST,
        text="机关干部年度考核等次的评议表",
    )
    yield Plan(166, "government", partial(plain, ending="process"), text="城乡公交改革方案的会议讨论记录")
    yield Plan(161, "land", partial(plain, ending="enforcement_file"), text="河西砂场非法采矿案的询问笔录")
    yield Plan(156, "land", partial(plain, ending="query_matter"), text="和平花园3号楼某户的不动产登记资料")
    yield Plan(151, "education", partial(stories.clarified, ending="still_unclear"), text="学校的那个文件")
    yield Plan(146, "township", partial(plain, ending="publication"), text="《青禾年鉴2024》全文")
    yield Plan(141, "industry", partial(plain, ending="confirmation"), text="请在我已有的补助文件复印件上盖章确认")
    yield Plan(136, "housing", partial(plain, ending="repeat"), applicant=8, text="清河路18号院2016年的改造方案")
    yield Plan(131, "education", partial(plain, ending="not_information"), text="外地户籍孩子插班要准备哪些材料")


def _within_the_procedure() -> Iterator[Plan]:
    """Letters that were asked about, extended, consulted on, charged, taken back, or that came back."""
    plain = stories.plain
    yield Plan(126, "housing", partial(stories.clarified, ending="granted", answers=False), text="小区的资料")
    yield Plan(121, "land", partial(stories.clarified, ending="granted"), text="河西的规划图")
    yield Plan(116, "industry", stories.taken_back, applicant=19)
    yield Plan(111, "housing", partial(stories.extended, ending="granted"), applicant=23)
    yield Plan(
        106, "land", special.consults_co_maker, is_organisation=True, text="青禾大道北侧片区综合开发的联合批复文件"
    )
    yield Plan(101, "township", special.comes_back, Channel.SIGNED_MAIL, Way.POST, applicant=26)
    yield Plan(96, "education", special.is_deferred, applicant=14, text="2019年以来全部校车检查的台账")
    excess = [f"2020年以来第{n}批次土地征收的公告" for n in range(1, 13)]
    yield Plan(91, "land", partial(special.asks_for_forty, texts=excess, pays=True), applicant=11)
    yield Plan(86, "office", partial(stories.excessive), applicant=21, text="2000年以来县政府办公室的全部发文")
    yield Plan(62, "industry", partial(plain, ending="partly"), Channel.FAX, Way.POST, is_organisation=True)


def _under_way() -> Iterator[Plan]:
    """What lies on the desks today, at every stage."""
    stop, waits = stories.until, special.waits_at
    yield Plan(25, "housing", partial(stop, stop="registered"), text="和平花园小区公共收益的审计报告")  # overdue
    yield Plan(20, "land", partial(waits, stage="sealed"))  # due today
    yield Plan(18, "land", partial(waits, stage="signed"))
    yield Plan(16, "land", partial(waits, stage="review"), is_organisation=True)
    yield Plan(15, "education", partial(waits, stage="review"))
    yield Plan(14, "housing", partial(waits, stage="draft"))
    yield Plan(12, "land", special.is_with_unit)
    yield Plan(11, "industry", partial(waits, stage="review"))
    yield Plan(9, "housing", special.waits_for_clarification, text="拆迁的文件")
    yield Plan(6, "land", partial(stop, stop="registered"), has_agent=True)
    yield Plan(5, "education", special.is_with_unit)
    yield Plan(3, "land", partial(stop, stop="unread"))
    yield Plan(2, "land", partial(stop, stop="unread"), Channel.ORDINARY_MAIL, Way.POST)
    yield Plan(1, "housing", partial(stop, stop="unread"))
    yield Plan(0, "land", partial(stop, stop="unread"), is_organisation=True)
