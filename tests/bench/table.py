"""What was measured, as a table with its bars."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One measurement. `bar` is what `value` must reach ("least") or keep below ("most"); None: for information."""

    name: str
    value: float
    unit: str
    bar: float | None = None
    most: bool = False

    @property
    def passes(self) -> bool:
        if self.bar is None:
            return True
        return self.value <= self.bar if self.most else self.value >= self.bar

    def show(self) -> str:
        verdict = "" if self.bar is None else ("pass" if self.passes else "FAIL")
        bar = "" if self.bar is None else f"{'<=' if self.most else '>='} {self.bar:g}"
        return f"{self.name:<58} {_number(self.value):>10} {self.unit:<6} {bar:>9} {verdict}"


@dataclass
class Report:
    """All lines, printed as they come."""

    lines: list[Line] = field(default_factory=list)

    def say(self, line: Line) -> None:
        self.lines.append(line)
        print(line.show(), flush=True)

    @property
    def passes(self) -> bool:
        return all(line.passes for line in self.lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
