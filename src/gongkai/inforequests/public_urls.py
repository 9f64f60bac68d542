"""The public face of requests: filing, and following what was filed. No address has an id of a person or a draft."""

from django.urls import path

from gongkai.inforequests.views import apply, filing, query, query_acts, recover

urlpatterns = [
    path("apply/", apply.choose, name="apply"),
    path("apply/content/", apply.content, name="apply_content"),
    path("apply/applicant/", apply.applicant, name="apply_applicant"),
    path("apply/applicant/sort/", apply.sort, name="apply_sort"),
    path("apply/applicant/joint/", apply.joint, name="apply_joint"),
    path("apply/applicant/joint/<int:place>/", apply.joint, name="apply_joint_change"),
    path("apply/applicant/agent/", apply.agent, name="apply_agent"),
    path("apply/delivery/", apply.delivery, name="apply_delivery"),
    path("apply/check/", filing.check, name="apply_check"),
    path("apply/receipt/", filing.receipt, name="apply_receipt"),
    path("apply/receipt/file/", filing.receipt_file, name="apply_receipt_file"),
    path("apply/discard/", filing.discard, name="apply_discard"),
    path("query/", query.query, name="query"),
    path("query/case/", query.case, name="query_case"),
    path("query/case/<int:order>/how/", query.how, name="query_how"),
    path("query/case/<int:order>/clarify/", query_acts.clarify, name="query_clarify"),
    path("query/case/<int:order>/explain/", query_acts.explain, name="query_explain"),
    path("query/case/<int:order>/withdraw/", query_acts.take_back, name="query_withdraw"),
    path("query/case/<int:order>/other/", query_acts.ask_other, name="query_other"),
    path("query/case/<int:order>/files/<int:place>/<int:number>/", query_acts.file, name="query_file"),
    path("query/close/", query.close, name="query_close"),
    path("query/recover/", recover.recover, name="query_recover"),
    path("query/recover/asked/", recover.asked, name="query_recover_asked"),
    path("query/recover/<id:public_id>/", recover.code, name="query_recover_code"),
]
