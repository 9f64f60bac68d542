"""The office's addresses of acts on a case that end in a notice."""

from django.urls import path

from gongkai.inforequests.views import deciding, drafting, releases

urlpatterns = [
    path("<id:case_id>/decide/", deciding.decide_case, name="case_decide"),
    path("<id:case_id>/clarify/", drafting.clarify, name="case_clarify"),
    path("<id:case_id>/consult/", drafting.consult, name="case_consult"),
    path("<id:case_id>/extend/", drafting.extend, name="case_extend"),
    path("<id:case_id>/reasons/", drafting.ask_reasons, name="case_reasons"),
    path("<id:case_id>/defer/", drafting.defer, name="case_defer"),
    path("<id:case_id>/charge/", drafting.charge, name="case_charge"),
    path("<id:case_id>/letters/", drafting.letters, name="case_letters"),
    path("<id:case_id>/letters/<slug:letter_kind>/", drafting.letter, name="case_letter"),
    path("<id:case_id>/releases/<id:release_id>/", releases.review, name="case_release_review"),
]
