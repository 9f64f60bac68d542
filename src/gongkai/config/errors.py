"""Pages for what went wrong: in plain Chinese, without a traceback, and without anything that could fail as well."""

import structlog
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from gongkai.agencies.views.office import NotPermitted

_log = structlog.get_logger("gongkai.errors")
_PLAIN = (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>系统出错</title></head>'
    "<body><h1>系统出错</h1><p>系统暂时不能处理您的请求，已记录下来。请稍后再试。</p></body></html>"
)
_PAGES = {
    400: ("请求有误", "浏览器发来的请求不完整或不符合要求，没有受理。", "请返回上一页重试；由链接打开的，请核对网址。"),
    403: ("不能访问", "您没有查看这一页的权限。", "确需办理的，请联系本单位的系统管理员。"),
    500: ("系统出错", "系统暂时不能处理您的请求，已记录下来。", "请稍后再试；刚才填写的内容可用浏览器的“返回”找回。"),
}


def bad_request(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(400)


def forbidden(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; where the house itself refused, with its reasons."""
    if isinstance(exception, NotPermitted):
        what = "；".join(reason.message for reason in exception.reasons)
        return _page(403, f"{what}。", f"{exception.reasons[0].instead}。")
    return _page(403)


def not_found(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page for what is not there, what is not yours, and what is on the other face."""
    return HttpResponse(render_to_string("404.html"), status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """500."""
    try:
        return _page(500)
    except Exception:  # noqa: BLE001  whatever it is, the visitor gets a page
        _log.exception("error_page_failed")
        return HttpResponse(_PLAIN, status=500)


def _page(status: int, what: str = "", instead: str = "") -> HttpResponse:
    title, *words = _PAGES[status]
    what, instead = what or words[0], instead or words[1]
    # Rendered without the request: session and database may be what is out of order.
    text = render_to_string("config/error.html", {"title": title, "what": what, "instead": instead})
    return HttpResponse(text, status=status)
