"""A process model in BPMN 2.0 (ISO/IEC 19510): what it holds, read without trusting it.

Only Expat's own events are used: nothing outside the file is ever opened, and a document type, through which entities come,
ends the reading. What a model may weigh is limited beforehand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from xml.parsers import expat

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
LARGEST = 20_000_000
"""Bytes."""
DEEPEST = 200
MOST_ELEMENTS = 100_000
MOST_TASKS = 2_000
_LONGEST_NAME = 300
_REACH = 1_000

_TASKS = frozenset(
    {
        "task", "userTask", "serviceTask", "sendTask", "receiveTask", "manualTask", "businessRuleTask", "scriptTask",
        "callActivity",
    }
)  # fmt: skip
_CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_NAMED = frozenset({"process", "participant", "lane"})
_NAMESPACED = " "


class BpmnError(ValueError):
    """A file that is not read; `rule` is the catalogue code of the reason, `limits` what it names."""

    def __init__(self, rule: str, **limits: int) -> None:
        super().__init__(rule)
        self.rule, self.limits = rule, limits


@dataclass(frozen=True)
class Node:
    """A task, gateway, event or subprocess.

    Parameters
    ----------
    id, kind, name : str
        `kind` is the BPMN element, such as ``userTask``; blanks and line ends within a name are one blank.
    within : tuple of str
        Ids of what encloses it, the process first.
    """

    id: str
    kind: str
    name: str
    within: tuple[str, ...]


@dataclass
class Model:
    """What a file holds.

    Parameters
    ----------
    counts : Counter
        BPMN element → how often it stands there.
    names : dict
        Id → name of processes, participants and lanes.
    nodes : dict
        Id → task, gateway, event or subprocess, in the file's order.
    pools : dict
        Participant → the process that it carries out; empty for one who is only talked to.
    lane_of : dict
        Node → its innermost lane that has a name.
    flows, messages : list of (source, target)
        Sequence flows, with boundary events following what they are attached to; message flows.
    """

    counts: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    pools: dict[str, str] = field(default_factory=dict)
    lane_of: dict[str, str] = field(default_factory=dict)
    flows: list[tuple[str, str]] = field(default_factory=list)
    messages: list[tuple[str, str]] = field(default_factory=list)

    @property
    def tasks(self) -> list[Node]:
        """Tasks and calls of other processes, and subprocesses of which nothing is drawn."""
        full = {one for node in self.nodes.values() for one in node.within}
        return [
            node
            for node in self.nodes.values()
            if node.kind in _TASKS or (node.kind in _CONTAINERS and node.id not in full)
        ]

    def lane(self, node: Node) -> str:
        """The lane of a node, or of the subprocess that it is in; empty where there is none."""
        return next((self.lane_of[one] for one in (node.id, *node.within[::-1]) if one in self.lane_of), "")

    def pool(self, process: str) -> str:
        """The participant who carries out a process; empty where none is drawn."""
        return next((pool for pool, carried in self.pools.items() if carried == process), "")

    def meets(self, node: Node) -> list[str]:
        """Names of the other participants with whom a node exchanges messages."""
        own = self.pool(node.within[0])
        others = [b if a == node.id else a for a, b in self.messages if node.id in (a, b)]
        pools = [self.pool(self.nodes[one].within[0]) if one in self.nodes else one for one in others]
        return list(dict.fromkeys(self.names[one] for one in pools if one != own and self.names.get(one)))

    def following(self, wanted: set[str]) -> dict[str, list[str]]:
        """For each node of `wanted`, those of them that come next, whatever stands between them."""
        after = self._after()
        return {one: _next(one, wanted, after) for one in wanted}

    def _after(self) -> dict[str, list[str]]:
        """Flows with subprocesses opened: into one to its beginnings, out of it from its ends."""
        inner: dict[str, list[str]] = defaultdict(list)
        for node in self.nodes.values():
            inner[node.within[-1]].append(node.id)
        leaving, reached = {a for a, _ in self.flows}, {b for _, b in self.flows}
        after: dict[str, list[str]] = defaultdict(list)
        for source, target in self.flows:
            after[f"{source}\0" if source in inner else source].append(target)
        for container in self.nodes.keys() & inner.keys():
            after[container] += [one for one in inner[container] if one not in reached]
            for one in inner[container]:
                if one not in leaving:
                    after[f"{one}\0" if one in inner else one].append(f"{container}\0")
        return after


def _next(one: str, wanted: set[str], after: dict[str, list[str]]) -> list[str]:
    seen: set[str] = set()
    found: dict[str, None] = {}
    ahead = list(after.get(one, ()))
    while ahead and len(seen) < _REACH:
        node = ahead.pop(0)
        if node in seen:
            continue
        seen.add(node)
        if node in wanted:
            found[node] = None
        else:
            ahead += after.get(node, ())
    return [node for node in found if node != one]


def parse(content: bytes) -> Model:
    """The model in a file.

    Raises
    ------
    BpmnError
        When it is too large, too deep, not XML, has a document type, is no BPMN 2.0, has more tasks than anybody can
        match, or holds tasks, lanes or processes that cannot be told apart.
    """
    if len(content) > LARGEST:
        raise BpmnError("intake.rule_too_large", megabytes=LARGEST // 1_000_000)
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=_NAMESPACED)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _doctype
    parser.EntityDeclHandler = _doctype
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        encoded = error.code in (_code("XML_ERROR_UNKNOWN_ENCODING"), _code("XML_ERROR_INCORRECT_ENCODING"))
        rule = "intake.rule_xml_encoding" if encoded else "intake.rule_xml"
        raise BpmnError(rule, line=error.lineno) from None
    except BpmnError:
        raise
    except (
        LookupError,
        ValueError,
    ) as error:  # an encoding that Python does not know, or of several bytes a letter
        raise BpmnError("intake.rule_xml_encoding", line=1) from error
    return reading.done()


def _code(name: str) -> int:
    return expat.errors.codes[getattr(expat.errors, name)]


def _doctype(*_: object) -> None:
    raise BpmnError("intake.rule_xml_doctype")


class _Reading:
    """Collects a model while Expat goes through a file."""

    def __init__(self) -> None:
        self._model = Model()
        self._open: list[
            tuple[str, str]
        ] = []  # element without its namespace (empty for a foreign one), and id
        self._count = 0
        self._nameless = 0  # elements without an id of their own
        self._ids: set[str] = set()
        self._ref: list[str] = []
        self._references: list[tuple[str, str]] = []  # lane, node

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise BpmnError("intake.rule_xml_huge", elements=MOST_ELEMENTS, levels=DEEPEST)
        namespace, _, local = tag.rpartition(_NAMESPACED)
        kind = local if namespace == MODEL else ""
        if not self._open and kind != "definitions":
            raise BpmnError("intake.rule_not_bpmn")
        if kind:
            self._model.counts[kind] += 1
            self._element(kind, attributes)
        self._ref = []
        self._open.append((kind, attributes.get("id", "")))

    def _element(self, kind: str, attributes: dict[str, str]) -> None:
        model, key = self._model, attributes.get("id", "")
        ends = _reference(attributes.get("sourceRef", "")), _reference(attributes.get("targetRef", ""))
        node = kind in _TASKS or kind in _CONTAINERS or kind.endswith(("Gateway", "Event"))
        if node or kind in _NAMED:
            # Of two that share an id only the last would stay, with the lanes and flows of both.
            self._nameless += not key or key in self._ids
            self._ids.add(key)
        if kind in _NAMED:
            model.names[key] = _name(attributes)
        if kind == "participant":
            model.pools[key] = _reference(attributes.get("processRef", ""))
        elif kind == "sequenceFlow":
            model.flows.append(ends)
        elif kind == "messageFlow":
            model.messages.append(ends)
        elif node:
            within = tuple(one for outer, one in self._open if outer == "process" or outer in _CONTAINERS)
            if within:
                model.nodes[key] = Node(key, kind, _name(attributes), within)
            if attributes.get("attachedToRef"):
                model.flows.append((_reference(attributes["attachedToRef"]), key))

    def text(self, text: str) -> None:
        """Text within an element; only references to nodes are kept."""
        if self._open and self._open[-1][0] == "flowNodeRef":
            self._ref.append(text)

    def end(self, _: str) -> None:
        """An element ends."""
        kind, _key = self._open.pop()
        if kind == "flowNodeRef":
            lane = next((one for outer, one in self._open[::-1] if outer == "lane"), None)
            if lane is not None:
                self._references.append((lane, _reference("".join(self._ref).strip())))

    def done(self) -> Model:
        """The whole model; of two lanes that name a node, the inner one has it, which begins later."""
        if self._nameless:
            raise BpmnError("intake.rule_bpmn_ids", elements=self._nameless)
        order = {one: place for place, one in enumerate(self._model.names)}
        for lane, node in sorted(self._references, key=lambda pair: order[pair[0]], reverse=True):
            if self._model.names[lane]:
                self._model.lane_of.setdefault(node, lane)
        if len(self._model.tasks) > MOST_TASKS:
            raise BpmnError("intake.rule_bpmn_many", tasks=MOST_TASKS)
        return self._model


def _reference(text: str) -> str:
    """A qualified name without its prefix; ids hold no colon."""
    return text.rpartition(":")[2]


def _name(attributes: dict[str, str]) -> str:
    return " ".join(attributes.get("name", "").split())[:_LONGEST_NAME]
