"""Every rule is tried with its good and bad examples."""

from reportlint.testing import assert_pack


def test_examples() -> None:
    assert_pack("reportlint_openness")
