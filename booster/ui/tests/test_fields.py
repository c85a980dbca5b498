from django import forms
from django.template import Context, Template

from booster.ui.forms import Sample
from booster.ui.templatetags import fields


class One(forms.Form):
    name = forms.CharField(label="Your name", help_text="As in your passport.")
    text = forms.CharField(label="Text", widget=forms.Textarea, max_length=20, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="I agree.")
    hidden = forms.CharField(widget=forms.HiddenInput, initial="x")

    def clean(self):
        raise forms.ValidationError("The two do not fit.")


def test_a_field_has_label_hint_and_says_that_it_is_required():
    assert fields.field(One()["name"]) == (
        '<div class="field" id="field-name" data-field="name"><label for="id_name">Your name '
        '<span class="duty">(required)</span></label><div class="hint" id="id_name_helptext">As in your passport.</div>'
        '<input type="text" name="name" aria-describedby="id_name_helptext" required id="id_name"></div>'
    )


def test_an_error_is_tied_to_its_field():
    told = fields.field(One({})["name"])
    assert 'class="field wrong"' in told
    assert 'aria-describedby="id_name_helptext id_name_error"' in told
    assert 'aria-invalid="true"' in told
    assert '<div class="error" id="id_name_error">' in told


def test_a_group_is_a_fieldset_with_a_legend():
    told = fields.field(One({})["kind"])
    assert told.startswith(
        '<fieldset class="field wrong" id="field-kind" data-field="kind" aria-describedby="id_kind_error"><legend>Kind'
    )
    assert '<label for="id_kind_0"><input type="radio" name="kind" value="a"' in told.replace("\n", "").replace(
        "  ", ""
    )


def test_a_tick_stands_before_its_label():
    told = fields.field(One()["agree"])
    assert told.index("<input") < told.index("<label")
    assert 'class="field tick"' in told


def test_a_hidden_field_is_only_itself():
    assert fields.field(One()["hidden"]) == '<input type="hidden" name="hidden" value="x" id="id_hidden">'


def test_the_length_of_a_text_is_counted():
    assert "0 of 20 characters" in fields.field(One()["text"])
    assert "3 of 20 characters" in fields.field(One({"text": "a\r\nb"})["text"])
    over = fields.field(One({"text": "a" * 21})["text"])
    assert 'class="counter over"' in over
    assert "21 of 20 characters" in over


def test_words_are_counted_where_a_field_asks_for_words():
    assert "2 of 30 words" in fields.field(Sample({"challenge": "two\u200b words"})["challenge"])


def test_a_condition_is_told_to_the_page_as_json():
    told = fields.field(Sample()["partners"])
    assert (
        'data-when="{&quot;field&quot;: &quot;consortium&quot;, &quot;op&quot;: &quot;is&quot;, '
        '&quot;value&quot;: &quot;yes&quot;}"' in told
    )


def test_many_choices_stand_in_columns_and_few_do_not():
    assert 'class="options columns"' in fields.field(Sample()["ecosystems"])
    assert 'class="options "' in fields.field(Sample()["consortium"])


def test_label_hint_and_silence_can_be_asked_for():
    told = fields.field(One()["name"], hint="Another hint", label="Name", quiet=True)
    assert "Another hint" in told
    assert "passport" not in told
    assert ">Name</label>" in told


def test_the_summary_leads_to_every_field_and_is_silent_when_all_is_well():
    told = fields.errors(One({"kind": "a"}))
    assert '<li><a href="#id_name">Your name: This field is required.</a></li>' in told
    assert '<li><a href="#id_agree">I agree: This field is required.</a></li>' in told
    assert "<p>The two do not fit.</p>" in told
    assert 'role="alert" tabindex="-1" autofocus' in told
    assert fields.errors(One()) == ""


def test_a_general_error_alone_has_its_own_title():
    told = fields.errors(One({"name": "P", "kind": "a", "agree": "on", "hidden": "x"}))
    assert "Please look at this first" in told
    assert "<ul>" not in told


def test_a_form_as_a_whole_comes_out_right():
    told = Template("{{ form }}").render(Context({"form": One({"kind": "a"})}))
    assert told.index("Please put these right") < told.index('class="fields"') < told.index('id="field-name"')
    assert told.count('name="hidden"') == 1


def test_a_file_stands_in_a_box_and_a_held_file_can_be_removed():
    class Held:
        url = "/files/a.pdf"

        def __str__(self):
            return "a <plan>.pdf"

    class Upload(forms.Form):
        plan = forms.FileField(required=False)

    told = str(Upload(initial={"plan": Held()})["plan"])
    assert '<div class="file">' in told
    assert "a &lt;plan&gt;.pdf" in told
    assert 'name="plan-clear"' in told
    assert 'class="file"' in str(Sample()["approval"])


def test_autosave_and_confirm_bring_their_words():
    saved = '{% autosave url="/s/" revision=3 key="k" %}x{% endautosave %}'
    source = "{% load ui %}" + saved + '{% confirm ask="Sure?" yes="Yes" %}y{% endconfirm %}'
    told = Template(source).render(Context())
    assert told.startswith('<x-autosave data-url="/s/" data-revision="3" data-key="k" data-say-saving="Saving…"')
    assert told.endswith('<x-confirm data-ask="Sure?" data-yes="Yes" data-no="Not now">y</x-confirm>')


def test_hostile_values_are_text():
    told = fields.field(One({"name": '"><script>'})["name"]) + fields.errors(One({"kind": "<script>"}))
    assert "<script" not in told


def test_the_sample_refuses_more_words_than_it_says():
    assert Sample({"challenge": "word " * 31}).errors["challenge"] == ["At most 30 words, please."]
    assert "challenge" not in Sample({"challenge": "word " * 30}).errors
