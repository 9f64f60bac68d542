"""What a web site prints around a report: its tools and its foot are no words of the report."""

import re

from gongkai.report.reading.values import bare

_BUTTON = r"(?:打印(?:本页|此页|文章|页面)?|(?:关闭|收藏)(?:窗口|本页|页面|此页)?|返回顶部|TOP)"
_LINES = (
    rf"(?:[【\[(]?{_BUTTON}[】\])]?[|｜]*)+",
    r"(?:您|你)?(?:现在|当前|所在)(?:的)?位置[:：].*",
    r"(?:发布|发文|更新)(?:时间|日期)[:：]\d{4}.*",
    r"(?:.*(?:来源|时间|日期)[:：].*)?(?:浏览|阅读|点击)(?:次数|量)[:：].*",
    r".*字(?:体|号)[:：]?[\[【(]?大[|｜]?中[|｜]?小.*",
    r"扫一扫.*",
    r"(?:一键)?分享|分享到[:：]?.{0,20}",
    r"(?:上一篇|下一篇|上一条|下一条)[:：].*",
    r"相关(?:链接|文档|新闻|阅读)[:：]?",
    r"(?:.{0,12}[|｜])?(?:关于我们|网站地图).*",
    r"(?:主办|承办)(?:单位)?[:：].{2,60}",
    r".*(?:网站标识码|ICP备|公网安备).*",
    r"版权所有.*|.*CopyRight.*",
)
_LINE = re.compile("|".join(_LINES), re.IGNORECASE)
_LONGEST = 150


def is_site_line(text: str) -> bool:
    """Whether a line can only be a site's: buttons, counters, its foot. Prose never matches as a whole."""
    return len(text) <= _LONGEST and "。" not in text and _LINE.fullmatch(bare(text)) is not None
