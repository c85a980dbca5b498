"""Every component once, in the demo alone: where one looks before and after changing how things look."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from booster.kit.views import public
from booster.ui import colour, forms
from booster.ui.templatetags.marks import icon_names
from booster.ui.views import samples


@public("ui.gallery")
def gallery(request: HttpRequest) -> HttpResponse:
    if not settings.BOOSTER_DEMO:
        raise Http404
    if request.method == "POST":
        messages.success(request, "Your application is sent.")
    layout = request.GET.get("layout", "") if request.GET.get("layout") in {"covered", "desk", "narrow"} else "base"
    shown = {name.lower(): value for name, value in vars(samples).items() if name.isupper()}
    kept = {
        "layout": f"ui/{layout}.html",
        "soon": now() + timedelta(hours=40),
        "form": forms.Sample(request.POST or None, request.FILES or None),
        "wrong": forms.Sample({"challenge": "word " * 40, "consortium": "yes", "country": "XX"}, auto_id="wrong_%s"),
        "ecosystems_all": colour.ECOSYSTEMS,
        "icons": sorted(icon_names()),
        "rows": samples.ROWS if request.GET.get("rows") == "many" else samples.ROWS[:4],
    }
    return render(request, "ui/gallery.html", shown | kept)
