"""The second round of a call: drafted from it, looked up, dropped while it is a draft."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.calls import actions, forms, queries
from booster.calls.models import Call
from booster.calls.views.desk import page_of, shown
from booster.calls.views.public import opens_call
from booster.kit.machine import NotNow


@opens_call("calls.follow")
def second_round(request: HttpRequest, call: Call) -> HttpResponse:
    """What the second round is, or the form that drafts one."""
    found = queries.second_round_of(call)
    form = forms.Follow(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = {name: said[name] for name in ("round", "copy_questions", "shortlist_size")}
        try:
            second = actions.follow(call=call, **chosen, deadline_at=said["until_at"], by=request.user, at=now())
        except NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("The second round is drafted. Make it yours."))
            return redirect(page_of(second, "overview"))
    return shown(request, call, "second_round", second=found, form=form, status=422 if form.errors else 200)


@require_POST
@opens_call("calls.follow")
def drop(request: HttpRequest, call: Call) -> HttpResponse:
    actions.drop_round(call=call, by=request.user, at=now())
    messages.success(request, _("The drafted second round is dropped."))
    return redirect(page_of(call, "second_round"))
