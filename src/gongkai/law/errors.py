"""What the rules refuse, and how they say so.

RuleError               a rule can't answer; the text is one Chinese line: what, why, what to do
├── OutsideCodedLaw     the day lies before the law that is coded here
├── BadStep             a step that the grammar does not know
├── ImpossibleStep      a step that can't have happened; carries the rule and the step
└── BadQuantity         a number of items, pages or days that can't be
"""


class RuleError(Exception):
    """A rule that can't answer."""


class OutsideCodedLaw(RuleError):
    """The day lies before the first law that is coded: nothing is extrapolated."""


class BadStep(RuleError):
    """A step that can't be understood."""


class ImpossibleStep(RuleError):
    """A step that can't have happened. `rule` is its id, `step` the step as it is written."""

    def __init__(self, rule: str, step: str, message: str) -> None:
        super().__init__(f"{step}：{message}（{rule}）")
        self.rule = rule
        self.step = step
        self.message = message


class BadQuantity(RuleError):
    """A quantity that can't be."""
