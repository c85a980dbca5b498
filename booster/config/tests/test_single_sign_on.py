import pytest

from booster.config import environment


def test_single_sign_on_is_set_by_the_environment_whole_or_not_at_all(monkeypatch):
    assert environment.single_sign_on() == {}
    monkeypatch.setenv("BOOSTER_OIDC_ISSUER", "https://id.example")
    with pytest.raises(environment.BadSetting, match="CLIENT_ID"):
        environment.single_sign_on()
    monkeypatch.setenv("BOOSTER_OIDC_CLIENT_ID", "booster")
    with pytest.raises(environment.BadSetting, match="SECRET"):
        environment.single_sign_on()
    monkeypatch.setenv("BOOSTER_OIDC_SECRET", "s3cret")
    [app] = environment.single_sign_on()["openid_connect"]["APPS"]
    assert (app["settings"]["server_url"], app["name"]) == ("https://id.example", "your organisation")
    assert (app["provider_id"], app["client_id"], app["secret"]) == ("oidc", "booster", "s3cret")
