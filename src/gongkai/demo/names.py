"""Names of people who do not exist, each with the user name that it gives."""

from collections.abc import Iterator

_SURNAMES = (
    *(("王", "wang"), ("李", "li"), ("张", "zhang"), ("刘", "liu"), ("陈", "chen"), ("杨", "yang"), ("赵", "zhao")),
    *(("黄", "huang"), ("周", "zhou"), ("吴", "wu"), ("徐", "xu"), ("孙", "sun"), ("马", "ma"), ("朱", "zhu")),
    *(("胡", "hu"), ("郭", "guo"), ("何", "he"), ("林", "lin"), ("罗", "luo"), ("梁", "liang"), ("宋", "song")),
    *(("唐", "tang"), ("许", "xu"), ("韩", "han"), ("冯", "feng"), ("邓", "deng"), ("曹", "cao"), ("彭", "peng")),
)
_GIVEN = (
    *(("敏", "min"), ("建国", "jianguo"), ("丽华", "lihua"), ("志强", "zhiqiang"), ("秀英", "xiuying"), ("涛", "tao")),
    *(("雪梅", "xuemei"), ("海波", "haibo"), ("晓东", "xiaodong"), ("文静", "wenjing"), ("永明", "yongming")),
    *(("春兰", "chunlan"), ("国栋", "guodong"), ("佳宁", "jianing"), ("思远", "siyuan"), ("玉珍", "yuzhen")),
    *(("立新", "lixin"), ("慧", "hui"), ("长河", "changhe")),
)


def people() -> Iterator[tuple[str, str]]:
    """Name and user name of one person after the other, always the same, no user name twice."""
    seen = set()
    for number in range(len(_SURNAMES) * len(_GIVEN)):
        surname, given = _SURNAMES[number % len(_SURNAMES)], _GIVEN[number % len(_GIVEN)]
        username = surname[1] + given[1]
        if username not in seen:
            seen.add(username)
            yield surname[0] + given[0], username
