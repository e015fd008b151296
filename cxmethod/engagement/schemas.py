"""The input tables: their columns, what each may hold, and their headings in both languages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "key", "text", "number", "count", "share", "emotion", "grade", "date", "time", "flag", "code", "list"
]

EVIDENCE = ("measured", "observed", "assumed", "proposed")
SOURCES = ("internal", "before", "after")


@dataclass(frozen=True)
class Column:
    """One column of an input table.

    Parameters
    ----------
    name : str
        Its English heading, which results use too.
    es : str
        Its Spanish heading.
    kind : Kind
        What a cell holds; `emotion` is −2 … 2, `grade` 1 … 5, `share` 0 … 1, `list` items parted by ``;``.
    required : bool
        Whether the column must be there and no cell of it blank.
    allowed : tuple of str
        The codes of a `code` column.
    refers : str
        The table whose key this column names.
    """

    name: str
    es: str
    kind: Kind = "text"
    required: bool = False
    allowed: tuple[str, ...] = ()
    refers: str = ""


@dataclass(frozen=True)
class Table:
    """One input table: columns, those that together name a row once, and families of columns such as ``score_…``.

    `parts` are pairs of columns, the first of which is a part of the second and so never more; `spans` are pairs of times,
    the first of which is never later than the second.
    A family is the beginning of a heading in English and in Spanish; what follows names a criterion.
    """

    name: str
    es: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    families: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    spans: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> Column | None:
        """The column called `name`, also one of a declared family such as ``score_…``."""
        found = next((column for column in self.columns if column.name == name), None)
        if found is None and any(name.startswith(english) for english, _ in self.families):
            return Column(name, name, "grade")
        return found


def _c(
    name: str,
    es: str,
    kind: Kind = "text",
    required: bool = False,
    allowed: tuple[str, ...] = (),
    refers: str = "",
) -> Column:
    return Column(name, es, kind, required, allowed, refers)


def _key(name: str, es: str, refers: str = "", required: bool = True) -> Column:
    return Column(name, es, "key", required, (), refers)


_EVIDENCE = _c("evidence", "evidencia", "code", allowed=EVIDENCE)
_EVIDENCE_REQUIRED = _c("evidence", "evidencia", "code", True, EVIDENCE)
_SOURCE = _c("source", "fuente", "code", True, SOURCES)
_PERSONA = _key("persona", "persona", "personas", required=False)
_RESPONDENT = _key("respondent", "encuestado")
_TOUCHPOINT = _key("touchpoint", "punto_de_contacto", "touchpoints")

_ALL = (
    Table(
        "personas",
        "personas",
        (
            _key("persona", "persona"),
            _c("name", "nombre", required=True),
            _c("description", "descripcion"),
            _c("goals", "objetivos"),
            _c("needs", "necesidades"),
            _c("frustrations", "frustraciones"),
            _c("quote", "cita"),
            _c("share", "participacion", "share"),
            _EVIDENCE_REQUIRED,
        ),
        ("persona",),
    ),
    Table(
        "respondents",
        "encuestados",
        (_RESPONDENT, _PERSONA, _c("weight", "peso", "count")),
        ("respondent",),
    ),
    Table(
        "phases",
        "fases",
        (
            _key("phase", "fase"),
            _c("name", "nombre", required=True),
            _c("order", "orden", "number", True),
            _c("question", "pregunta", "code", True, ("discover", "evaluate", "interact", "return", "refer")),
            _c("stage", "etapa", "code", True, ("pre", "during", "post")),
            _c("customer_goal", "objetivo_del_cliente"),
            _EVIDENCE,
        ),
        ("phase",),
    ),
    Table(
        "motivations",
        "motivaciones",
        (
            _key("motivation", "motivacion"),
            _PERSONA,
            _key("phase", "fase", "phases", required=False),
            _c(
                "kind",
                "tipo",
                "code",
                True,
                ("goal", "need", "expectation", "motivation", "worry", "doubt", "frustration", "trigger"),
            ),
            _c("text", "texto", required=True),
            _c("intensity", "intensidad", "grade"),
            _EVIDENCE_REQUIRED,
            _key("respondent", "encuestado", required=False),
        ),
        ("motivation",),
    ),
    Table(
        "touchpoints",
        "puntos_de_contacto",
        (
            _key("touchpoint", "punto_de_contacto"),
            _c("name", "nombre", required=True),
            _key("phase", "fase", "phases"),
            _c("order", "orden", "number", True),
            _c("channel", "canal"),
            _c("activity", "actividad"),
            _c("initiator", "iniciador", "code", allowed=("customer", "company", "partner")),
            _c("controlled_by", "controlado_por", "code", allowed=("brand", "partner", "customer", "social")),
            _c("owner", "responsable"),
            _c("indicator", "indicador"),
            _c("business_critical", "critico_para_el_negocio", "flag"),
            _c("role", "papel"),
            _c("bond", "vinculo"),
            _c("addresses", "atiende", "list", refers="motivations"),
            _EVIDENCE,
        ),
        ("touchpoint",),
    ),
    Table(
        "persona_touchpoints",
        "puntos_por_persona",
        (_key("persona", "persona", "personas"), _TOUCHPOINT, _c("order", "orden", "number")),
        ("persona", "touchpoint"),
    ),
    Table(
        "ratings",
        "valoraciones",
        (
            _RESPONDENT,
            _TOUCHPOINT,
            _SOURCE,
            _c("emotion", "emocion", "emotion"),
            _c("importance", "importancia", "grade"),
            _PERSONA,
            _c("weight", "peso", "count"),
            _c("wave", "ola"),
            _c("date", "fecha", "date"),
            _c("comment", "comentario"),
        ),
        ("respondent", "touchpoint", "source", "wave"),
    ),
    Table(
        "variables",
        "variables",
        (
            _RESPONDENT,
            _TOUCHPOINT,
            _key("variable", "variable"),
            _c("score", "puntaje", "number", True),
        ),
        ("respondent", "touchpoint", "variable"),
    ),
    Table(
        "outcomes", "resultados", (_RESPONDENT, _c("outcome", "resultado", "number", True)), ("respondent",)
    ),
    Table(
        "kano",
        "kano",
        (
            _RESPONDENT,
            _TOUCHPOINT,
            _c("functional", "funcional", "grade", True),
            _c("dysfunctional", "disfuncional", "grade", True),
        ),
        ("respondent", "touchpoint"),
    ),
    Table(
        "events",
        "eventos",
        (
            _key("journey", "recorrido"),
            _key("touchpoint", "punto_de_contacto"),
            _c("timestamp", "marca_de_tiempo", "time"),
            _c("end", "fin", "time"),
            _key("respondent", "encuestado", required=False),
            _PERSONA,
            _c("failed", "fallo", "flag"),
        ),
    ),
    Table(
        "journeys",
        "recorridos",
        (
            _key("journey", "recorrido"),
            _c("outcome", "resultado", "code", True, ("success", "failure", "open")),
        ),
        ("journey",),
    ),
    Table(
        "processes",
        "procesos",
        (
            _key("process", "proceso"),
            _c("name", "nombre", required=True),
            _c("owner", "responsable"),
            _c("minutes", "minutos", "count"),
            _c("wait_minutes", "minutos_de_espera", "count"),
            _c("rework_rate", "tasa_de_reproceso", "share"),
            _c("sla_minutes", "minutos_ans", "count"),
            _c("sla_met_rate", "cumplimiento_ans", "share"),
            _c("cost_per_case", "costo_por_caso", "count"),
            _c("cases_per_month", "casos_por_mes", "count"),
            _c("system", "sistema"),
        ),
        ("process",),
    ),
    Table(
        "touchpoint_processes",
        "procesos_por_punto",
        (_TOUCHPOINT, _key("process", "proceso", "processes")),
        ("touchpoint", "process"),
    ),
    Table(
        "process_events",
        "eventos_de_proceso",
        (
            _key("process", "proceso", "processes"),
            _key("case", "caso"),
            _c("activity", "actividad", required=True),
            _c("start", "inicio", "time"),
            _c("end", "fin", "time", True),
            _c("resource", "recurso"),
        ),
        spans=(("start", "end"),),
    ),
    Table(
        "process_tasks",
        "tareas_de_proceso",
        (
            _key("task", "tarea"),
            _c("name", "nombre", required=True),
            _key("process", "proceso"),
            _c("process_name", "nombre_del_proceso"),
            _c("owner", "responsable"),
            _c("kind", "tipo"),
            _c("meets", "trata_con", "list"),
            _c("next", "siguen", "list", refers="process_tasks"),
            _c("file", "archivo"),
        ),
        ("task",),
    ),
    Table(
        "initiatives",
        "iniciativas",
        (
            _key("initiative", "iniciativa"),
            _c("name", "nombre", required=True),
            _c("touchpoints", "puntos_de_contacto", "list", refers="touchpoints"),
            _c("motivations", "motivaciones", "list", refers="motivations"),
            _key("process", "proceso", "processes", required=False),
            _c("owner", "responsable"),
            _c("cost", "costo", "count"),
            _c("person_days", "dias_persona", "count"),
            _c("months", "meses", "count"),
            _c("requires", "requiere", "list", refers="initiatives"),
            _c("excludes", "excluye", "list", refers="initiatives"),
            _c("status", "estado", "code", allowed=("proposed", "in_progress", "done")),
            _c("indicator", "indicador"),
            _c("target", "meta"),
            _c("done_wave", "ola_de_entrega"),
        ),
        ("initiative",),
        (("score_", "puntaje_"),),
    ),
    Table(
        "criteria",
        "criterios",
        (
            _key("criterion", "criterio"),
            _c("weight", "peso", "count", True),
            _c("direction", "sentido", "code", True, ("benefit", "cost")),
        ),
        ("criterion",),
    ),
    Table(
        "owners",
        "responsables",
        (
            _key("owner", "responsable"),
            _c("capacity_days", "dias_disponibles", "count"),
            _c("budget", "presupuesto", "count"),
        ),
        ("owner",),
    ),
    Table(
        "theme_cues",
        "senales_del_tema",
        (
            _TOUCHPOINT,
            _c("cue", "senal", required=True),
            _c("attribute", "atributo"),
            _c("fit", "ajuste", "emotion"),
            _EVIDENCE,
        ),
    ),
    Table(
        "alignment",
        "alineacion",
        (
            _RESPONDENT,
            _c("role", "rol", required=True),
            _key("touchpoint", "punto_de_contacto", "touchpoints", required=False),
            _c("item", "afirmacion"),
            _c("importance", "importancia", "grade"),
            _c("performance", "desempeno", "grade"),
            _c("score", "puntaje", "grade"),
        ),
    ),
    Table(
        "waves",
        "olas",
        (
            _key("wave", "ola"),
            _TOUCHPOINT,
            _c("source", "fuente", "code", allowed=SOURCES),
            _c("n", "n", "count", True),
            _c("negative", "negativos", "count"),
            _c("neutral", "neutros", "count"),
            _c("positive", "positivos", "count"),
            _c("mean", "media", "emotion"),
            _c("sd", "desviacion", "count"),
        ),
        ("wave", "touchpoint", "source"),
        parts=(("negative", "n"), ("neutral", "n"), ("positive", "n")),
    ),
    Table(
        "scores",
        "puntajes",
        (
            _RESPONDENT,
            _key("wave", "ola"),
            _c("metric", "metrica", "code", True, ("nps", "csat", "ces")),
            _c("score", "puntaje", "number", True),
        ),
        ("respondent", "wave", "metric"),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}


def plain(heading: str) -> str:
    """A heading without case, accents and blanks: ``Punto de Contacto`` → ``punto_de_contacto``."""
    letters = unicodedata.normalize("NFKD", heading.strip().casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return "_".join(bare.replace("-", " ").replace("_", " ").split())


def headings(table: Table) -> dict[str, str]:
    """Every accepted plain heading of `table` → the column's name."""
    accepted = {column.es: column.name for column in table.columns}
    return accepted | {column.name: column.name for column in table.columns}
