"""Reports as government sites serve them: pasted from Word into a content system, within all the furniture of a site.

What is around and between the words is modelled on real pages (a navigation of some sixty links, the index table of
every published document, scripts, share buttons, a footer), with places and addresses of our own.
"""

import re
from dataclasses import dataclass
from html import escape
from random import Random

from gongkai.documents.blocks import Cell, Grid, Paragraph
from gongkai.report.layout import blocks_of, title_text
from gongkai.report.model import Report

_CHANNELS = ("首页", "政务公开", "政务服务", "互动交流", "走进本地", "专题专栏")
_COLUMNS = (
    "领导之窗",
    "机构职能",
    "政策文件",
    "政策解读",
    "规划计划",
    "统计数据",
    "财政信息",
    "人事信息",
    "应急管理",
    "重点领域",
)
_RUN = re.compile(r"[ -~]+|[^ -~]+")


@dataclass(frozen=True)
class Paste:
    """How the words came into the content system: what each cell, paragraph and run of words is wrapped in."""

    cell: str
    paragraph: str
    run: str
    fonts: bool


PASTES = (
    Paste(  # from WPS as it is
        "border: 1pt solid windowtext; border-top: none;",
        "margin: 0pt; text-align: {align}; line-height: 28pt;",
        "font-family: {family}; color: rgb(0, 0, 0); font-size: {size}pt;",
        fonts=True,
    ),
    Paste(  # from Word, cleaned by the editor
        "border: 1px solid #000; padding: 5px 10px;",
        "text-align: {align}; line-height: 2em;",
        "font-family: {family}; font-size: {size}pt;",
        fonts=False,
    ),
    Paste("border: 1px solid #000;", "text-align: {align};", "", fonts=False),  # typed into the editor
)


def served_page(report: Report, source: Random, *, paste: Paste | None = None) -> bytes:
    """The report's page, by any of PASTES where none is asked for, UTF-8, 50 to 130 KB as such pages are."""
    title = title_text(report)
    office = escape(report.agency or "")
    words = _Words(paste or source.choice(PASTES), source)
    body = "\n".join(
        words.table(block) if isinstance(block, Grid) else words.paragraph(block) for block in blocks_of(report)[1:]
    )
    page = f"""{_head(title)}
<body>
{_site_header(office)}
<div class="container wrap">
<div class="position"><span>您现在的位置：</span><a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/zwgk/">政务公开</a>&nbsp;&gt;&nbsp;<a
 href="/zwgk/nb/">政府信息公开年报</a></div>
{_index_table(report, office)}
<div class="article" id="article">
<h1 class="article-title">{escape(title)}</h1>
{_tools(office)}
<div class="editor" id="zoom"><!-- content begins -->
{body}
<!-- content ends --></div>
{_AFTER_ARTICLE}
</div>
</div>
{_footer(office)}
</body>
</html>
"""
    return page.encode()


def _head(title: str) -> str:
    links = "\n".join(
        f'<link rel="stylesheet" type="text/css" href="/style/2024/{name}.css?v=20240118">'
        for name in ("reset", "common", "article", "print", "swiper.min")
    )
    scripts = "\n".join(
        f'<script type="text/javascript" src="/script/{name}.js"></script>'
        for name in ("jquery-1.12.4.min", "swiper.min", "share", "qrcode.min", "base64", "pubs")
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<title>{escape(title)}</title>
<meta name="SiteName" content="示例县人民政府"><meta name="SiteDomain" content="www.example.cn">
<meta name="ColumnName" content="政府信息公开年报"><meta name="ColumnType" content="政务公开">
<meta name="ArticleTitle" content="{escape(title)}"><meta name="PubDate" content="2025-01-20 10:12">
{links}
{scripts}
<style>
.article-title {{ font-size: 28px; line-height: 42px; text-align: center }}
.noprint, .share-box.off {{ display: none }}
#zoom table {{ border-collapse: collapse; margin: 0 auto; max-width: 100% }}
#zoom p {{ line-height: 2em; text-indent: 2em }}
</style>
<script>(function () {{ var count = document.createElement("script"); count.src = "/count.js?id=1";
  var first = document.getElementsByTagName("script")[0]; first.parentNode.insertBefore(count, first); }})();</script>
</head>"""


def _site_header(office: str) -> str:
    menus = []
    for number, channel in enumerate(_CHANNELS):
        links = "\n".join(
            f'<dd><a href="/col/col{12000 + 100 * number + i}/index.html" target="_blank" title="{column}">{column}</a></dd>'
            for i, column in enumerate(_COLUMNS)
        )
        menus.append(
            f'<li class="nav-item nav-item-{number}"><a class="nav-link" href="/col/col{number}/index.html" '
            f'target="_self">{channel}</a>\n<dl class="sub-nav" style="display: none">\n{links}\n</dl></li>'
        )
    return f"""<div class="top-bar noprint"><div class="container">
<span class="date" id="today"></span><a href="javascript:void(0)" onclick="wza()" class="wza">无障碍阅读</a><i>|</i><a
 href="/mobile/" target="_blank">手机版</a><i>|</i><a href="javascript:void(0)" id="simplified">繁體</a></div></div>
<div class="header"><div class="container"><a href="/"><img src="/images/logo.png" alt="{office}" title="{office}" width="520"></a>
<form action="/search" method="get" target="_blank" class="search"><input type="hidden" name="websiteid" value="340000001">
<input type="text" name="q" class="search-word" placeholder="请输入关键字" autocomplete="off"><button type="submit">搜索</button></form>
</div></div>
<div class="nav"><ul class="container clearfix">
{chr(10).join(menus)}
</ul></div>"""


def _index_table(report: Report, office: str) -> str:
    rows = (
        ("索引号：", f"01{report.year}0120/2025-00017", "信息分类：", "政府信息公开年报"),
        ("发布机构：", office, "发文日期：", "2025-01-20 10:12"),
        ("文　　号：", "", "生效日期：", ""),
        ("关键词：", "政府信息", "有效性：", "有效"),
    )
    lines = "\n".join(
        "<tr>"
        + "".join(
            f'<td class="{"bt" if i % 2 == 0 else "nr"}" align="{"right" if i % 2 == 0 else "left"}">'
            f"{'<b>' * (i % 2 == 0)}{text}{'</b>' * (i % 2 == 0)}</td>"
            for i, text in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f'<table class="xxgk-index" width="100%" border="0" cellspacing="0" cellpadding="0"><tbody>\n{lines}\n</tbody></table>'


def _tools(office: str) -> str:
    return f"""<div class="article-info clearfix"><span>发布时间：2025-01-20 10:12</span><span>来源：{office}</span><span>浏览次数：<em
 id="hits">0</em>次</span><span>字体：[ <a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> <a
 href="javascript:doZoom(14)">小</a> ]</span><a href="javascript:window.print()" class="noprint">打印</a>
<div class="share-box off" style="display:none;"><span>分享到：</span><a class="weixin" title="微信"></a><a class="weibo" title="微博"></a></div>
</div>"""


class _Words:
    """The blocks of a report in the markup of one paste."""

    def __init__(self, paste: Paste, source: Random) -> None:
        self._paste = paste
        self._source = source

    def paragraph(self, paragraph: Paragraph) -> str:
        style = self._paste.paragraph.format(align="justify")
        return f'<p class="MsoNormal" style="text-indent: 32pt; {style}">{self._runs(paragraph.text, 16)}</p>'

    def table(self, grid: Grid) -> str:
        rows: list[list[Cell]] = [[] for _ in range(grid.height)]
        for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
            rows[cell.row].append(cell)
        lines = [f'<tr style="height: 26.25pt;">{"".join(map(self._cell, row))}</tr>' for row in rows]
        return (
            '<div align="center"><table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" width="640"\n'
            ' style="border-collapse: collapse; border: none; mso-border-alt: solid windowtext .5pt;"><tbody>\n'
            + "\n".join(lines)
            + "\n</tbody></table></div>"
        )

    def _cell(self, cell: Cell) -> str:
        spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
        style = self._paste.paragraph.format(align="center")
        words = self._runs(cell.text, 10.5) if cell.text else "&nbsp;"
        return (
            f'<td width="{57 * cell.columns}"{spans} style="{self._paste.cell}">\n'
            f'<p class="MsoNormal" style="{style}">{words}</p></td>\n'
        )

    def _runs(self, text: str, size: float) -> str:
        """A text as Word writes it: Chinese and digits apart, some runs cut once more where somebody edited."""
        pieces: list[str] = []
        for run in _RUN.findall(text):
            cut = self._source.randrange(1, len(run)) if len(run) > 1 and self._source.random() < 0.3 else len(run)
            pieces.extend(filter(None, (run[:cut], run[cut:])))
        end = "<o:p></o:p>" if self._paste.fonts else ""
        return "".join([self._run(piece, size) for piece in pieces]) + end

    def _run(self, piece: str, size: float) -> str:
        words = escape(piece, quote=False)
        family = "'Times New Roman'" if piece.isascii() else "仿宋_GB2312"
        language = ' lang="EN-US"' if piece.isascii() else ""
        if self._paste.fonts:
            words = f'<font face="{family.strip(chr(39))}">{words}</font>'
        style = self._paste.run.format(family=family, size=size)
        return f'<span{language} style="{style}">{words}</span>' if style else words


_AFTER_ARTICLE = """<div class="attachment" style="display:none"><p>附件：</p><ul></ul></div>
<div class="article-bottom noprint"><a href="javascript:window.print()">【打印本页】</a><a href="javascript:window.close()">【关闭窗口】</a></div>
<div class="qr"><div id="qrcode"></div><p>扫一扫在手机打开当前页</p></div>
<script type="text/javascript">
  var qrcode = new QRCode(document.getElementById("qrcode"), { width: 96, height: 96 });
  qrcode.makeCode(window.location.href);
  document.write('<script src="/script/wza.js?t=' + new Date().getTime() + '"><\\/script>');
  if ($("#zoom table").length > 0 && $(window).width() < 768) { $("#zoom table").wrap("<div class='scroll'></div>"); }
  $(".nav-item").hover(function () { $(this).find(".sub-nav").stop().slideDown(200); }, function () {
    $(this).find(".sub-nav").stop().slideUp(200); });
</script>"""


def _footer(office: str) -> str:
    links = "\n".join(
        f'<option value="http://www.example.cn/{i}/">{name}</option>' for i, name in enumerate(_COLUMNS * 2)
    )
    return f"""<div class="footer noprint"><div class="container">
<div class="links"><select onchange="window.open(this.value)"><option value="">部门网站</option>
{links}
</select></div>
<p><a href="/about/">关于我们</a>｜<a href="/map/">网站地图</a>｜<a href="/contact/">联系我们</a></p>
<p>主办：{office}　　承办：示例县大数据中心</p>
<p>网站标识码：0000000000　　备案号：示ICP备00000000号　　<img src="/images/beian.png">公网安备 00000000000000号</p>
</div></div>
<script type="text/javascript" src="/script/foot.js"></script>
<script>document.write(unescape("%3Cspan id='visits'%3E%3C/span%3E"));</script>"""
