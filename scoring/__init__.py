"""A composite-index engine: definition, observations, aggregation, exact attribution, reconciliation.

Pure functions on NumPy and pandas; nothing here knows of documents, models or pages::

    from scoring import attribute_change, compute, load_definition, read_observations

    definition = load_definition(Path("data/index.yaml"))
    result = compute(definition, read_observations(Path("data/observations.csv"), definition))
    first, *_, last = result.years()
    attribute_change(result, definition.root.id, first, last).contributions
"""

from scoring.contribution import ChangeAttribution, Contribution, attribute_change
from scoring.definition import IndexDefinition, Level, Node, Normalisation
from scoring.definition_yaml import load_definition
from scoring.errors import (
    AmbiguousNodeError,
    DefinitionError,
    ObservationError,
    ScoringError,
    UnknownNodeError,
    UnknownUnitError,
    UnknownYearError,
)
from scoring.index import IndexResult, compute
from scoring.observations import Observation, Observations, read_observations
from scoring.reconcile import Published, Reconciled, read_published, reconcile
from scoring.rounding import display, round_half_up

__all__ = [
    "AmbiguousNodeError",
    "ChangeAttribution",
    "Contribution",
    "DefinitionError",
    "IndexDefinition",
    "IndexResult",
    "Level",
    "Node",
    "Normalisation",
    "Observation",
    "ObservationError",
    "Observations",
    "Published",
    "Reconciled",
    "ScoringError",
    "UnknownNodeError",
    "UnknownUnitError",
    "UnknownYearError",
    "attribute_change",
    "compute",
    "display",
    "load_definition",
    "read_observations",
    "read_published",
    "reconcile",
    "round_half_up",
]
