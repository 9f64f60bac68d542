"""The tree of agencies over time: rings and overlaps refused, names kept, mergers and splits whole or not at all."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.agencies.people import FOUNDED, SYSTEM, a_person, an_agency

from gongkai.agencies import queries
from gongkai.agencies.actions.office import add_group_member, open_channel
from gongkai.agencies.actions.people import add_person, appoint, delegate, give_post
from gongkai.agencies.actions.tree import (
    change_agency,
    change_unit,
    close_unit,
    found_agency,
    merge_agency,
    open_unit,
    rename_agency,
    set_review_organ,
)
from gongkai.agencies.models import Agency, Appointment, Channel, LeadingGroupMember, Post, Succession, Unit
from gongkai.agencies.permissions import own_ids
from gongkai.agencies.reviewing import organ_key, related_ids, reviewing
from gongkai.agencies.roles import ChannelKind, Kind, Level, Role
from gongkai.audit.queries import chains, proof
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused
from gongkai.kernel.registry import OpenWork, open_work

pytestmark = pytest.mark.django_db
MERGED = date(2026, 7, 1)


def refused(error: pytest.ExceptionInfo[ActionRefused]) -> list[str]:
    return [reason.id.split(".")[0] for reason in error.value.reasons]


def a_government(name: str = "青禾县人民政府", level: Level = Level.COUNTY, **values: Any) -> Agency:
    return found_agency(
        SYSTEM, name=name, code=f"G-{name}", kind=Kind.GOVERNMENT, level=level, from_on=FOUNDED, **values
    )


@pytest.fixture
def day() -> Iterator[None]:
    with at(MERGED):
        yield


class TestPlace:
    def test_no_agency_stands_below_itself_at_any_depth(self) -> None:
        above = an_agency("青禾县人民政府办公室")
        chain = [above]
        for number in range(15):
            chain.append(an_agency(f"青禾县第{number}所", parent=chain[-1]))
        with pytest.raises(ActionRefused) as error:
            change_agency(SYSTEM, above, parent=chain[-1])
        assert refused(error) == ["cycle"]
        with pytest.raises(ActionRefused) as error:
            change_agency(SYSTEM, chain[3], parent=chain[3])
        assert refused(error) == ["cycle"]
        assert Agency.objects.get(pk=above.pk).parent is None

    def test_a_government_belongs_to_none_of_its_own(self) -> None:
        county = a_government()
        town = a_government("青禾县柳河镇人民政府", Level.TOWNSHIP, government=county)
        with pytest.raises(ActionRefused) as error:
            change_agency(SYSTEM, county, government=town)
        assert refused(error) == ["government_cycle"]
        with pytest.raises(ActionRefused) as error:
            change_agency(SYSTEM, town, government=an_agency())
        assert refused(error) == ["government"]

    def test_nothing_is_put_below_what_is_gone(self, day: None) -> None:
        gone, heir, bureau = an_agency("青禾县科技局"), an_agency("青禾县工信局"), an_agency()
        merge_agency(SYSTEM, gone, into=[heir], on=MERGED)
        with pytest.raises(ActionRefused) as error:
            change_agency(SYSTEM, bureau, parent=gone)
        assert refused(error) == ["above_closed"]

    def test_a_code_is_given_once(self) -> None:
        first = an_agency()
        with pytest.raises(ActionRefused) as error:
            found_agency(
                SYSTEM, name="青禾县林业局", code=first.code, kind=Kind.DEPARTMENT, level=Level.COUNTY, from_on=FOUNDED
            )
        assert [reason.message for reason in error.value.reasons] == ["机构编码：与已有的登记重复或相抵触"]

    @pytest.mark.parametrize("name", ["青禾县<b>水利</b>局", "青禾县\u202e水利局", "青禾县水利局\u200b"])
    def test_markup_and_unseen_characters_make_no_name(self, name: str) -> None:
        with pytest.raises(ActionRefused) as error:
            an_agency(name)
        assert [reason.id for reason in error.value.reasons] == ["invalid.name"]
        assert Agency.objects.count() == 0


class TestNames:
    def test_an_old_name_stands_on_its_days_and_is_still_found(self) -> None:
        bureau = an_agency("青禾县科学技术和信息化局")
        rename_agency(SYSTEM, bureau, name="青禾县工业和信息化局", short_names="工信局", from_on=date(2024, 5, 1))
        assert queries.name_of(bureau, date(2024, 4, 30)) == "青禾县科学技术和信息化局"
        assert queries.name_of(bureau, date(2024, 5, 1)) == "青禾县工业和信息化局"
        on = date(2026, 1, 5)
        assert [row.name for row in queries.search("科学技术", on)] == ["青禾县工业和信息化局"]
        assert [row.name for row in queries.search("工信局", on)] == ["青禾县工业和信息化局"]
        assert queries.search("工信局", date(2024, 4, 30)) == []

    def test_names_don_t_overlap_or_go_back(self) -> None:
        bureau = an_agency()
        rename_agency(SYSTEM, bureau, name="青禾县水务局", from_on=date(2024, 5, 1))
        for from_on, reason in ((date(2024, 5, 1), "same_day"), (date(2023, 1, 1), "day"), (date(2018, 1, 1), "day")):
            with pytest.raises(ActionRefused) as error:
                rename_agency(SYSTEM, bureau, name="青禾县水利水务局", from_on=from_on)
            assert refused(error) == [reason]

    def test_search_takes_what_people_type(self) -> None:
        bureau = an_agency()
        change_agency(SYSTEM, bureau, functions="农村饮水、河道采砂\n防汛抗旱")
        found = {
            words: len(queries.search(words, MERGED))
            for words in ("采砂 水利", "采砂 教育", "%", "_", "\0", " ", "x" * 5000)
        }
        assert found == {"采砂 水利": 1, "采砂 教育": 0, "%": 0, "_": 0, "\0": 0, " ": 0, "x" * 5000: 0}


class TestMerger:
    def test_everything_that_runs_on_ends_that_day_and_the_head_too(self, day: None) -> None:
        gone, heir = an_agency("青禾县科技局"), an_agency("青禾县工信局")
        person = a_person(gone)
        head = appoint(SYSTEM, person, Role.HEAD, agency=gone, from_on=FOUNDED)
        delegate(SYSTEM, head, to=a_person(gone, "赵刚"), from_on=date(2026, 6, 1), to_on=date(2026, 9, 1))
        over = appoint(SYSTEM, person, Role.CLERK, agency=gone, from_on=FOUNDED, to_on=date(2026, 1, 1))
        give_post(SYSTEM, person, gone, title="局长", from_on=FOUNDED)
        open_unit(SYSTEM, gone, name="办公室", from_on=FOUNDED)
        open_channel(SYSTEM, gone, kind=ChannelKind.WINDOW, details="人民路88号", from_on=FOUNDED)
        add_group_member(SYSTEM, gone, person, part="leader", from_on=FOUNDED)
        merge_agency(SYSTEM, gone, into=[heir], on=MERGED, basis="青编〔2026〕3号")
        for model in (Appointment, Unit, Post, Channel, LeadingGroupMember):
            ends = set(
                model.objects.filter(agency=gone)
                .exclude(pk=over.pk if model is Appointment else None)
                .values_list("to_on", flat=True)
            )
            assert ends == {MERGED}, model
        over.refresh_from_db()
        assert over.to_on == date(2026, 1, 1)
        assert gone.pk in own_ids(heir.pk, MERGED)
        assert gone.pk not in own_ids(heir.pk, date(2026, 6, 30))
        assert all(list(proof(chain, values=True)) == [] for chain in chains())

    def test_what_has_not_begun_is_withdrawn(self, day: None) -> None:
        gone, heir = an_agency("青禾县科技局"), an_agency("青禾县工信局")
        head = appoint(SYSTEM, a_person(gone), Role.HEAD, agency=gone, from_on=FOUNDED)
        delegate(SYSTEM, head, to=a_person(gone, "赵刚"), from_on=date(2026, 8, 1), to_on=date(2026, 9, 1))
        later = appoint(SYSTEM, a_person(gone, "李强"), Role.HEAD, agency=gone, from_on=date(2026, 8, 1))
        delegate(SYSTEM, later, to=a_person(gone, "陈静"), from_on=date(2026, 8, 2), to_on=date(2026, 9, 1))
        merge_agency(SYSTEM, gone, into=[heir], on=MERGED)
        assert [row.pk for row in Appointment.objects.all()] == [head.pk]
        assert list(proof(gone.public_id, values=True)) == []

    def test_a_split_names_several_and_each_is_told(self, day: None) -> None:
        gone, first, second = an_agency("青禾县科教局"), an_agency("青禾县科技局"), an_agency("青禾县教体局")
        merge_agency(SYSTEM, gone, into=[first, second], on=MERGED)
        assert {row.name for row in queries.heirs(gone, MERGED)} == {"青禾县科技局", "青禾县教体局"}
        assert queries.heirs(gone, date(2026, 6, 30)) == []

    def test_the_way_to_who_does_it_now_goes_through_every_merger(self, day: None) -> None:
        first, second, third = an_agency("青禾县科委"), an_agency("青禾县科技局"), an_agency("青禾县工信局")
        merge_agency(SYSTEM, first, into=[second], on=date(2024, 1, 1))
        merge_agency(SYSTEM, second, into=[third], on=MERGED)
        assert [row.name for row in queries.heirs(first, MERGED)] == ["青禾县工信局"]

    def test_what_stands_in_the_way_is_told_all_at_once_and_nothing_is_done(self, day: None) -> None:
        gone, heir = an_agency("青禾县科技局"), an_agency("青禾县工信局")
        an_agency("青禾县科技馆", parent=gone)
        appoint(SYSTEM, a_person(gone), Role.CLERK, agency=gone, from_on=MERGED)
        with pytest.raises(ActionRefused) as error:
            merge_agency(SYSTEM, gone, into=[heir, heir], on=MERGED)
        assert refused(error) == ["successor_twice", "children", "later"]
        for into, on, reason in (
            ([], MERGED, "successor"),
            ([gone], MERGED, "successor"),
            ([heir], date(2026, 7, 2), "future"),
        ):
            with pytest.raises(ActionRefused) as error:
                merge_agency(SYSTEM, gone, into=into, on=on)
            assert reason in refused(error)
        gone.refresh_from_db()
        assert (gone.to_on, Succession.objects.count(), Appointment.objects.filter(to_on=None).count()) == (None, 0, 1)

    def test_it_waits_until_open_work_is_handed_over(self, day: None, monkeypatch: pytest.MonkeyPatch) -> None:
        gone, heir = an_agency("青禾县科技局"), an_agency("青禾县工信局")
        wang = a_person(gone)
        appoint(SYSTEM, wang, Role.CLERK, agency=gone, from_on=FOUNDED)
        waiting = {wang.public_id: [OpenWork("case", "2026-5号申请", "/office/", key="k", agency=gone.public_id)]}
        monkeypatch.setattr(open_work, "_things", {"case": lambda person, _day: waiting.get(person, [])})
        with pytest.raises(ActionRefused) as error:
            merge_agency(SYSTEM, gone, into=[heir], on=MERGED)
        assert [reason.message for reason in error.value.reasons] == ["王敏还有1件未了的事项"]
        waiting.clear()
        merge_agency(SYSTEM, gone, into=[heir], on=MERGED)

    def test_a_merged_agency_is_changed_no_more(self, day: None) -> None:
        gone, heir = an_agency("青禾县科技局"), an_agency("青禾县工信局")
        merge_agency(SYSTEM, gone, into=[heir], on=MERGED)
        acts = (
            lambda: rename_agency(SYSTEM, gone, name="青禾县科学局", from_on=MERGED),
            lambda: change_agency(SYSTEM, gone, functions="无"),
            lambda: open_unit(SYSTEM, gone, name="办公室", from_on=FOUNDED),
            lambda: add_person(SYSTEM, gone, name="李强"),
            lambda: merge_agency(SYSTEM, gone, into=[heir], on=MERGED),
        )
        for act in acts:
            with pytest.raises(ActionRefused) as error:
                act()
            assert refused(error) == ["closed"]

    def test_the_tree_of_a_day_before_shows_who_stood_there(self, day: None) -> None:
        old, new = an_agency("青禾县科委"), an_agency("青禾县科技局", from_on=date(2025, 1, 1))
        child = an_agency("青禾县科技馆", parent=old)
        change_agency(SYSTEM, child, parent=new)
        merge_agency(SYSTEM, old, into=[new], on=date(2025, 1, 1))
        assert [(depth, row.name) for depth, row in queries.tree(date(2024, 6, 1))] == [
            (0, "青禾县科委"),
            (1, "青禾县科技馆"),
        ]
        assert [(depth, row.name) for depth, row in queries.tree(MERGED)] == [(0, "青禾县科技局"), (1, "青禾县科技馆")]


class TestUnits:
    def test_a_section_with_people_stays(self) -> None:
        bureau = an_agency()
        unit = open_unit(SYSTEM, bureau, name="法规股", from_on=FOUNDED)
        appoint(SYSTEM, a_person(bureau), Role.SECTION_HEAD, agency=bureau, unit=unit, from_on=date(2026, 9, 1))
        with pytest.raises(ActionRefused) as error:
            close_unit(SYSTEM, unit, to_on=MERGED)
        assert "王敏" in error.value.reasons[0].message

    def test_its_name_is_free_again_when_it_has_ended(self) -> None:
        bureau = an_agency()
        unit = open_unit(SYSTEM, bureau, name="法规股", from_on=FOUNDED)
        with pytest.raises(ActionRefused) as error:
            open_unit(SYSTEM, bureau, name="法规股", from_on=date(2025, 1, 1))
        assert refused(error) == ["unit_name"]
        close_unit(SYSTEM, unit, to_on=date(2025, 1, 1))
        again = open_unit(SYSTEM, bureau, name="法规股", from_on=date(2025, 1, 1))
        assert [row.pk for row in queries.units(bureau, date(2024, 12, 31))] == [unit.pk]
        assert [row.pk for row in queries.units(bureau, date(2025, 1, 1))] == [again.pk]
        change_unit(SYSTEM, again, name="政策法规股")
        with pytest.raises(ActionRefused) as error:
            close_unit(SYSTEM, unit, to_on=date(2026, 1, 1))
        assert refused(error) == ["ended"]


REVIEWED = (
    ("青禾县水利局", Kind.DEPARTMENT, Level.COUNTY, ("青禾县人民政府",), True, "第二十四条第一款第（一）项"),
    ("青禾县人民政府办公室", Kind.OFFICE, Level.COUNTY, ("青禾县人民政府",), True, "第二十四条第一款第（一）项"),
    ("青禾县柳河镇人民政府", Kind.TOWNSHIP, Level.TOWNSHIP, ("青禾县人民政府",), True, "第二十四条第一款第（二）项"),
    ("青禾县城关街道办事处", Kind.TOWNSHIP, Level.TOWNSHIP, ("青禾县人民政府",), True, "第二十四条第一款第（三）项"),
    ("青禾县公安局城关派出所", Kind.DISPATCHED, Level.COUNTY, ("青禾县人民政府",), True, "第二十四条第四款"),
    ("青禾县疾病预防控制中心", Kind.AUTHORISED, Level.COUNTY, ("青禾县人民政府",), True, "第二十四条第一款第（四）项"),
    ("青禾县司法局", Kind.DEPARTMENT, Level.COUNTY, ("青禾县人民政府", "上一级司法行政部门"), True, "第二十八条"),
    ("国家税务总局青禾县税务局", Kind.AUTHORISED, Level.COUNTY, ("上一级主管部门",), False, "第二十七条"),
)


class TestReviewing:
    @pytest.mark.parametrize(("name", "kind", "level", "reviewers", "is_named", "article"), REVIEWED)
    def test_it_follows_from_what_the_agency_is(
        self, name: str, kind: Kind, level: Level, reviewers: tuple[str, ...], is_named: bool, article: str
    ) -> None:
        county = a_government()
        agency = found_agency(SYSTEM, name=name, code="X", kind=kind, level=level, parent=county, from_on=FOUNDED)
        found = reviewing(agency, name, queries.names_on(related_ids(agency), MERGED))
        assert (found.reviewers, found.is_named) == (reviewers, is_named)
        assert found.basis.endswith(article)

    def test_the_county_goes_up_and_a_province_reviews_itself(self) -> None:
        city = a_government("青河市人民政府", Level.CITY)
        county = a_government(government=city)
        found = reviewing(county, "青禾县人民政府", queries.names_on(related_ids(county), MERGED))
        assert (found.reviewer, found.court_level) == ("青河市人民政府", "中级人民法院")
        province = a_government("中原省人民政府", Level.PROVINCE)
        assert organ_key(province, "中原省人民政府") == "province"
        assert reviewing(province, "中原省人民政府", {}).reviewer == "中原省人民政府"

    def test_another_is_set_with_a_reason_and_taken_back(self) -> None:
        bureau = an_agency(parent=a_government())
        with pytest.raises(ActionRefused) as error:
            set_review_organ(
                SYSTEM, bureau, review_organ=None, review_organ_name="青河市水利局", review_organ_reason=""
            )
        assert refused(error) == ["reason"]
        set_review_organ(
            SYSTEM, bureau, review_organ=None, review_organ_name="青河市水利局", review_organ_reason="垂直管理"
        )
        found = reviewing(bureau, "青禾县水利局", queries.names_on(related_ids(bureau), MERGED))
        assert (found.reviewer, found.reason) == ("青河市水利局", "垂直管理")
        set_review_organ(SYSTEM, bureau, review_organ=None, review_organ_name="", review_organ_reason="垂直管理")
        found = reviewing(bureau, "青禾县水利局", queries.names_on(related_ids(bureau), MERGED))
        assert (found.reviewer, found.reason) == ("青禾县人民政府", "")
