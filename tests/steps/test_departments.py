"""What a company calls its departments, and what customers call a part of their journey."""

from __future__ import annotations

import pytest

from cxmethod.steps.departments import is_department

DEPARTMENTS = (
    "Marketing", "Mercadeo", "FACTURACIÓN", "Área de facturación", "Área de facturación y cartera", "Ventas y marketing",
    "Departamento de Ventas", "Dpto. de cartera", "Gerencia comercial", "Dirección de Operaciones", "Servicio al cliente",
    "Atención al cliente", "Oficina de atención al usuario", "Soporte técnico", "Recursos Humanos", "Gestión humana",
    "Equipo de ventas", "Unidad de cobranzas", "Tesorería", "Admisiones", "PQRS", "Experiencia del cliente", "Call center",
    "IT", "Sales department", "Department of Sales", "The sales team", "Our billing department", "Back office", "Call centre",
    "Customer service team", "Finance & accounting", "Human resources", "Logistics", "Customer success", "Marketing dept.",
)  # fmt: skip
CUSTOMERS = (
    "Me facturan", "Que por fin funcione", "Agendo mi cita", "Conseguir la cita", "Mi compra", "Llego a la oficina",
    "Área de espera", "Recibo mi equipo", "Hablo con la gerencia", "Hablar con soporte", "Reclamo y me responden", "Equipo",
    "Seguir el tratamiento", "Legalizar la compra", "I pay the bill", "Sales day", "Waiting area", "I call support",
    "Department store visit", "Hearing about us", "After the sale", "Getting help", "Day of the operation", "", "&",
)  # fmt: skip


@pytest.mark.parametrize("name", DEPARTMENTS)
def test_a_department_by_its_whole_name(name):
    assert is_department(name)


@pytest.mark.parametrize("name", CUSTOMERS)
def test_a_customers_words_are_no_department(name):
    assert not is_department(name)
