"""Lots can be repeated by anybody."""

from booster.craft.lots import BITS, lot_of


def test_a_lot_is_the_fingerprint_of_seed_and_names():
    assert f"{lot_of(7, 'ann'):064x}" == "a3fa3cde764efb6f28a0731cef408903302707c1646c86d6c9a1c39ebefd70a9"
    assert f"{lot_of(7, 'ann', 'bo'):064x}" == "09b01202aaf8d2eb4fc946e059eb5137488ead5339762a2cab5a49ce62ed32f3"
    assert lot_of(7, "ann").bit_length() <= BITS
