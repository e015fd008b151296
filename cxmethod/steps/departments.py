"""Names of departments: what a company calls its parts, and customers never call a part of their journey."""

from __future__ import annotations

import re

from cxmethod.engagement.schemas import plain

_DEPARTMENTS = """
    marketing; mercadeo; mercadotecnia; comunicaciones; communications; public relations; relaciones publicas
    sales; ventas; comercial; commercial; key accounts; cuentas clave; presales; preventa; after sales; postventa; posventa
    it; ti; sistemas; tecnologia; information technology; tecnologia informacion; information systems; innovation; innovacion
    finance; finanzas; financiera; accounting; contabilidad; treasury; tesoreria; controlling; auditoria; audit
    billing; invoicing; facturacion; cartera; cobranza; cobranzas; collections; credito cartera; cuentas por cobrar
    accounts receivable; accounts payable; pricing
    logistics; logistica; operations; operaciones; supply chain; cadena suministro; warehouse; bodega; despachos
    purchasing; procurement; compras; abastecimiento; production; produccion
    hr; human resources; recursos humanos; talento humano; gestion humana; nomina; payroll
    legal; juridico; juridica; compliance; cumplimiento; risk; riesgos; quality; calidad; quality assurance
    administration; administracion; management; front office; back office; planning; planeacion
    customer service; customer care; customer support; customer success; customer experience; client services
    servicio cliente; servicio al cliente; atencion cliente; atencion al cliente; atencion usuario; atencion al usuario
    experiencia cliente; experiencia del cliente; support; technical support; soporte; soporte tecnico; help desk; mesa ayuda
    call center; contact center; call centre; contact centre; centro contacto; centro llamadas; central citas
    pqr; pqrs; pqrsf; complaints; peticiones quejas reclamos; quejas reclamos
    admissions; admisiones; medical records; archivo clinico; underwriting; siniestros
"""
_AROUND = (
    "area|areas|departamento|departamentos|dpto|depto|gerencia|subgerencia|direccion|vicepresidencia|jefatura|unidad|"
    "equipo|seccion|oficina|coordinacion|department|departments|dept|division|team|unit|office|desk|function|section"
)
_LINKS = "de|del|la|las|el|los|y|e|and|of|the|our|nuestra|nuestro|al"
# «Departamento de …», «Gerencia de …», "… department": a department whatever the rest says.
_ALWAYS = re.compile(
    r"(?:departamento|dpto|depto|gerencia|subgerencia|vicepresidencia|jefatura) .+"
    r"|department of .+|(?:\w+ ){1,3}(?:department|dept)"
)


def is_department(name: str) -> bool:
    """Whether `name` is, as a whole, what a company calls one or several of its departments, in English or Spanish.

    «Área de facturación y cartera» and “Sales department” are; «Me facturan» and “Sales day” are not, for a word that
    belongs to no department's name is a customer's.
    """
    words = re.findall(r"[a-z0-9]+", plain(name))
    if _ALWAYS.fullmatch(" ".join(words)):
        return True
    rest = " ".join(word for word in words if word not in _FRAME)
    return bool(_NAMES.fullmatch(rest))


_FRAME = {*_AROUND.split("|"), *_LINKS.split("|")}


def _names() -> re.Pattern[str]:
    phrases = [phrase.split() for line in _DEPARTMENTS.splitlines() for phrase in line.split(";")]
    bare = {" ".join(word for word in phrase if word not in _FRAME) for phrase in phrases} - {""}
    longest_first = sorted(bare, key=lambda phrase: (-len(phrase), phrase))
    one = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?:{one})(?: (?:{one}))*")


_NAMES = _names()
