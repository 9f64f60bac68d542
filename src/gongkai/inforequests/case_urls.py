"""The office's addresses of cases: the desk, what comes in, a case and its acts."""

from django.urls import path

from gongkai.inforequests.views import acts, case, desk, enter, progress, records, releases

urlpatterns = [
    path("", desk.index, name="desk"),
    path("find/", desk.find, name="find"),
    path("enter/", enter.enter, name="enter"),
    path("entered/", enter.entered, name="entered"),
    path("ledgers/", records.ledgers, name="ledgers"),
    path("ledgers/<id:public_id>/", records.ledger_file, name="ledger"),
    path("<id:case_id>/", case.detail, name="case"),
    path("<id:case_id>/clock/", case.clock, name="case_clock"),
    path("<id:case_id>/identity/", case.identity, name="case_identity"),
    path("<id:case_id>/files/<id:file_id>/", case.file, name="case_file"),
    path("<id:case_id>/evidence/", records.evidence, name="case_evidence"),
    path("<id:case_id>/confirm/", acts.confirm, name="case_confirm"),
    path("<id:case_id>/register/", acts.register, name="case_register"),
    path("<id:case_id>/split/", acts.split, name="case_split"),
    path("<id:case_id>/assign/", acts.assign, name="case_assign"),
    path("<id:case_id>/answer/", acts.answer, name="case_answer"),
    path("<id:case_id>/search/", acts.search, name="case_search"),
    path("<id:case_id>/release/", acts.release, name="case_release"),
    path("<id:case_id>/clear/", releases.clear, name="case_clear"),
    path("<id:case_id>/clarified/", progress.clarified, name="case_clarified"),
    path("<id:case_id>/explained/", progress.explained, name="case_explained"),
    path("<id:case_id>/consulted/", progress.consulted, name="case_consulted"),
    path("<id:case_id>/paid/", progress.paid, name="case_paid"),
    path("<id:case_id>/withdraw/", progress.withdraw, name="case_withdraw"),
    path("<id:case_id>/reopen/", progress.reopen, name="case_reopen"),
    path("<id:case_id>/correct/", progress.correct, name="case_correct"),
    path("<id:case_id>/archive/", progress.archive, name="case_archive"),
]
