"""Forms as people meet them: nothing typed is lost, errors lead to their field, two who save at once are told."""

from typing import Any

import lxml.html
import pytest
from django import forms
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.ui.valid_html import faults

from gongkai.kernel.reasons import Reason
from gongkai.ui.forms import Form, changed_since, state_of


class Everything(Form):
    """A field of each kind."""

    name = forms.CharField(label="姓名", help_text="如：王敏", error_messages={"required": "请填写"})
    secret = forms.CharField(label="密码", widget=forms.PasswordInput, required=False)
    since = forms.DateField(label="起始日期", required=False, error_messages={"invalid": "日期应写作 2026-01-05"})
    role = forms.ChoiceField(label="角色", choices=[("clerk", "经办人"), ("head", "主要领导")])
    way = forms.ChoiceField(label="方式", choices=[("post", "邮寄"), ("email", "邮件")], widget=forms.RadioSelect)
    channels = forms.MultipleChoiceField(label="渠道", choices=[("1", "窗口"), ("2", "邮寄")], required=False)
    count = forms.IntegerField(label="件数", required=False)
    duties = forms.CharField(
        label="职责", widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=200, help_text="如：…"
    )
    full_time = forms.BooleanField(label="专职", required=False)
    file = forms.FileField(
        label="附件", required=False, widget=forms.FileInput(attrs={"accept": ".xlsx", "max_bytes": 9})
    )


FULL = {"name": "王敏", "role": "head", "way": "email", "channels": ["1", "2"], "since": "2026-01-05"}


def html(form: Form) -> Any:
    """The form as parsed HTML, found valid."""
    page = f'<!DOCTYPE html><html lang="zh"><head><title>例</title></head><body><form>{form.as_components()}</form></body></html>'
    assert faults(page) == []
    return lxml.html.document_fromstring(page)


def test_every_field_has_a_label_and_what_was_typed_comes_back() -> None:
    tree = html(Everything({**FULL, "count": "十", "duties": "甲\n<乙>", "full_time": "on"}))
    labelled = set(tree.xpath("//label/@for"))
    assert set(tree.xpath("//input[@type!='hidden']/@id | //select/@id | //textarea/@id")) <= labelled
    assert tree.xpath("//*[@id='id_name']/@value") == ["王敏"]
    assert tree.xpath("//*[@id='id_count']/@value") == ["十"]
    assert tree.xpath("//*[@id='id_duties']")[0].text.strip() == "甲\n<乙>"
    assert tree.xpath("//*[@id='id_role']/option[@selected]/@value") == ["head"]
    assert tree.xpath("//input[@name='way'][@checked]/@value") == ["email"]
    assert tree.xpath("//input[@name='channels'][@checked]/@value") == ["1", "2"]
    assert tree.xpath("//*[@id='id_full_time']/@checked")


def test_a_password_never_comes_back() -> None:
    tree = html(Everything({**FULL, "secret": "ganz-geheim-2026"}))
    assert tree.xpath("//*[@id='id_secret']/@type") == ["password"]
    assert tree.xpath("//*[@id='id_secret']/@value") == [""]


@pytest.mark.parametrize("written", ["2026-01-05", "2026年1月5日", "2026/1/5", "2026.1.5"])
def test_a_date_may_be_written_in_the_ways_people_write_it(written: str) -> None:
    form = Everything({**FULL, "since": written})
    assert form.is_valid(), form.errors
    assert form.values["since"].isoformat() == "2026-01-05"


@pytest.mark.parametrize("written", ["2026年2月30日", "20260105", "明天"])
def test_what_is_no_date_stays_as_it_was_typed(written: str) -> None:
    form = Everything({**FULL, "since": written})
    assert form.summary == [{"message": "起始日期：日期应写作 2026-01-05", "field": "id_since"}]
    tree = html(form)
    assert tree.xpath("//*[@id='id_since']/@value") == [written]
    assert tree.xpath("//*[@id='id_since']/@type") == ["text"]


def test_the_summary_leads_to_each_field_and_tells_what_to_do_instead() -> None:
    form = Everything({**FULL, "name": "", "way": "bird"})
    form.refused = [Reason("twice", "已登记过", "请先终止原来的登记")]
    tree = html(form)
    targets = [line["field"] for line in form.summary if "field" in line]
    assert targets == ["id_name", "id_way-1"]
    assert set(targets) <= set(tree.xpath("//@id"))
    assert form.summary[-1] == {"message": "已登记过", "instead": "请先终止原来的登记"}
    described = tree.xpath("//*[@id='id_name']/@aria-describedby")[0].split()
    assert described == ["id_name-hint", "id_name-error"]
    assert "请填写" in tree.xpath("//*[@id='id_name-error']")[0].text_content()


def test_the_most_that_a_field_takes_is_told_and_nothing_is_cut_off() -> None:
    tree = html(Everything({**FULL, "duties": "一" * 201}))
    (area,) = tree.xpath("//*[@id='id_duties']")
    assert area.get("data-limit") == "200"
    assert area.get("maxlength") is None
    assert area.text.strip() == "一" * 201
    assert area.get("aria-describedby").split() == ["id_duties-hint", "id_duties-limit", "id_duties-error"]
    assert tree.xpath("//*[@id='id_duties-limit']")[0].text_content() == "最多 200 字"
    assert tree.xpath("//*[@id='id_name']/@data-limit") == []


def test_files_are_sent_as_such() -> None:
    assert Everything().takes_files
    form = Everything(FULL, files={"file": SimpleUploadedFile("甲.xlsx", b"x")})
    assert form.is_valid()
    assert form.values["file"].name == "甲.xlsx"
    assert html(form).xpath("//*[@id='id_file']/@accept") == [".xlsx"]
    assert html(form).xpath("//*[@id='id_file']/@data-limit") == ["9"]


def test_two_who_save_at_once_are_told_apart_column_by_column() -> None:
    row = Group(id=1, name="信息公开股")
    seen = state_of(row)
    assert changed_since(row, seen) == []
    row.name = "政策法规股"
    assert changed_since(row, seen) == ["name"]
    assert "政策法规股" not in state_of(row)


def test_what_another_changed_is_shown_beside_what_was_typed() -> None:
    row = Group(id=1, name="信息公开股")
    seen = state_of(row)
    row.name = "信息公开室"
    form = Everything({**FULL, "name": "信息公开科"}, initial={"name": row.name, "role": "clerk"})
    form.tell_changed(row, seen)
    (change,) = form.changed
    assert change["title"].startswith("姓名：")
    assert [(part["kind"], part["text"]) for part in change["parts"]] == [
        ("same", "信息公开"),
        ("removed", "室"),
        ("added", "科"),
    ]
