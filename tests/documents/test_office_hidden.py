"""What Office files carry in parts that are never opened for reading."""

import pytest
from tests.documents.packages import docx, p, relations, word_xml, zipped

from gongkai.documents.limits import DEFAULT
from gongkai.documents.office_hidden import hidden_parts

PROPERTIES = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:creator>王敏</dc:creator><dc:title>通知</dc:title></cp:coreProperties>"
COMPANY = "<Properties xmlns='p'><Company>青禾县财政局</Company><Pages>3</Pages></Properties>"
COMMENT = "<comments xmlns='s'><commentList><comment ref='A1'><text><r><t>张三的低保金额</t></r></text></comment></commentList></comments>"
CACHE = "<pivotCacheRecords xmlns='s'><r><s v='李四'/><n v='1200'/></r></pivotCacheRecords>"
LINK = "<externalLink xmlns='s'><sheetData><row><cell r='A1'><v>机内</v></cell></row></sheetData></externalLink>"
CROPPED = '<wsDr xmlns:a=\'d\'><a:blip/><a:srcRect l="0" t="25000"/></wsDr>'

PARTS = {
    ("docProps/core.xml", PROPERTIES): [("metadata", "作者", "王敏")],
    ("docProps/app.xml", COMPANY): [("metadata", "单位", "青禾县财政局")],
    ("xl/comments1.xml", COMMENT): [("批注", "comments1.xml", "张三的低保金额")],
    ("xl/pivotCache/pivotCacheRecords1.xml", CACHE): [("数据透视表缓存的数据", "pivotCacheRecords1.xml", "李四 1200")],
    ("xl/externalLinks/externalLink1.xml", LINK): [("外部链接留下的数据", "externalLink1.xml", "机内")],
    ("word/embeddings/oleObject1.bin", "x"): [("嵌入的文件", "oleObject1.bin", "oleObject1.bin")],
    ("xl/drawings/drawing1.xml", CROPPED): [("裁剪过的图片", "drawing1.xml", "裁去的部分仍在文件中")],
    ("xl/drawings/drawing2.xml", CROPPED.replace("25000", "0")): [],
    ("xl/worksheets/sheet1.xml", "<worksheet/>"): [],
}


@pytest.mark.parametrize("name", PARTS, ids=lambda part: part[0])
def test_what_is_in_a_part_is_told(name: tuple[str, str]) -> None:
    part, content = name
    found = hidden_parts(zipped({"_rels/.rels": relations({}), part: content}), DEFAULT)
    assert [(one.kind, one.where, one.text) for one in found] == PARTS[name]


def test_added_words_of_a_revision_are_told() -> None:
    body = p("甲", '<w:ins w:author="王敏"><w:r><w:t>增加的话</w:t></w:r></w:ins>')
    assert [(one.kind, one.text) for one in hidden_parts(docx(body), DEFAULT)] == [("修订中增加的文字", "增加的话")]
    assert hidden_parts(zipped({"word/document.xml": word_xml(p("甲"))}), DEFAULT) == ()
