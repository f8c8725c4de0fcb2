"""A composite-index engine: definition, observations, aggregation, exact attribution, reconciliation.

Pure functions on NumPy and pandas; nothing here knows of documents, models or pages::

    from scoring import attribute_change, compute, load_definition, read_observations

    definition = load_definition(Path("data/index.yaml"))
    result = compute(definition, read_observations(Path("data/observations.csv"), definition))
    first, *_, last = result.years()
    attribute_change(result, definition.root.id, first, last).contributions
"""

from scoring.audit import AuditRow, audit_rows, effective_weights
from scoring.audit_workbook import build_audit_workbook
from scoring.contribution import (
    ChangeAttribution,
    Contribution,
    Point,
    attribute,
    attribute_change,
    consecutive_contributions,
)
from scoring.definition import IndexDefinition, Level, Node, Normalisation, Reference
from scoring.definition_yaml import load_definition
from scoring.errors import (
    AmbiguousNodeError,
    DefinitionError,
    EmptyNodeError,
    ObservationError,
    Problem,
    ScenarioError,
    ScoringError,
    UnknownNodeError,
    UnknownUnitError,
    UnknownYearError,
    VersionError,
)
from scoring.formula import curve_formula, mean_formula, straight_line
from scoring.goal import Headroom, Mix, Requirement, cheapest_mix, headroom, require
from scoring.index import IndexResult, compute
from scoring.intake import Change, Intake, assess
from scoring.level import LevelPart, level_parts
from scoring.normalise import Line
from scoring.observation_files import read_observations, write_observations
from scoring.observations import Observation, Observations
from scoring.reconcile import Published, Reconciled, read_published, reconcile
from scoring.reweighting import reweight
from scoring.robustness import Alternative, WeightDraws, alternatives, draw_weights, equally_weighted, leave_out
from scoring.rounding import display, exact, round_half_up
from scoring.scenario import ImpliedRaw, Scenario, Setting, best_score, implied_raw, run_scenario
from scoring.template import build_template
from scoring.trend import Streak, Trend, TrendFigure, trend_of
from scoring.versions import Dataset, Version

__all__ = [
    "Alternative",
    "AmbiguousNodeError",
    "AuditRow",
    "Change",
    "ChangeAttribution",
    "Contribution",
    "Dataset",
    "DefinitionError",
    "EmptyNodeError",
    "Headroom",
    "ImpliedRaw",
    "IndexDefinition",
    "IndexResult",
    "Intake",
    "Level",
    "LevelPart",
    "Line",
    "Mix",
    "Node",
    "Normalisation",
    "Observation",
    "ObservationError",
    "Observations",
    "Point",
    "Problem",
    "Published",
    "Reconciled",
    "Reference",
    "Requirement",
    "Scenario",
    "ScenarioError",
    "ScoringError",
    "Setting",
    "Streak",
    "Trend",
    "TrendFigure",
    "UnknownNodeError",
    "UnknownUnitError",
    "UnknownYearError",
    "Version",
    "VersionError",
    "WeightDraws",
    "alternatives",
    "assess",
    "attribute",
    "attribute_change",
    "audit_rows",
    "best_score",
    "build_audit_workbook",
    "build_template",
    "cheapest_mix",
    "compute",
    "consecutive_contributions",
    "curve_formula",
    "display",
    "draw_weights",
    "effective_weights",
    "equally_weighted",
    "exact",
    "headroom",
    "implied_raw",
    "leave_out",
    "level_parts",
    "load_definition",
    "mean_formula",
    "read_observations",
    "read_published",
    "reconcile",
    "require",
    "reweight",
    "round_half_up",
    "run_scenario",
    "straight_line",
    "trend_of",
    "write_observations",
]
