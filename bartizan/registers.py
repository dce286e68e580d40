"""Every register in the order of the standard: the table of contents of the product."""

from bartizan.chain.registers import (
    alternatives,
    business_functions,
    criteria,
    criterion_results,
    delivered_clauses,
    dependencies,
    flow_steps,
    flows,
    legs,
    needed_documents,
    partners,
    places,
    process_runs,
    processes,
)
from bartizan.clauses.context.registers import (
    context_issues,
    external_provisions,
    interested_parties,
    obligation_scans,
    obligations,
    other_management_systems,
    party_requirements,
    principle_reviews,
    provision_controls,
    scope_elements,
    scopes,
)
from bartizan.clauses.leadership.registers import (
    business_changes,
    commitments,
    organizational_policies,
    policy_comparisons,
    security_policies,
)
from bartizan.clauses.support.registers import (
    channels,
    communications,
    party_clearances,
    planned_communications,
)
from bartizan.conformity.registers import attestations
from bartizan.ground.documents.registers import (
    acknowledgements,
    covered_duties,
    disposals,
    distribution,
    document_classes,
    document_versions,
    documents,
    points_of_use,
    retention_rules,
    retrieval_samples,
    suitable_forms,
)
from bartizan.ground.records.register import Register
from bartizan.ground.records.registers import (
    actions,
    approvals,
    assignments,
    authorities,
    declarations,
    links,
    people,
    roles,
    units,
)

# Each is a sheet of the workbook of the whole system.
SHEETS: tuple[Register, ...] = (
    # 4 Context of the organization
    context_issues,
    interested_parties,
    party_requirements,
    obligations,
    obligation_scans,
    principle_reviews,
    other_management_systems,
    scopes,
    scope_elements,
    external_provisions,
    provision_controls,
    # 5 Leadership
    security_policies,
    commitments,
    organizational_policies,
    policy_comparisons,
    business_changes,
    roles,
    authorities,
    assignments,
    people,
    units,
    # 7 Support
    planned_communications,
    communications,
    channels,
    party_clearances,
    documents,
    document_versions,
    covered_duties,
    document_classes,
    suitable_forms,
    distribution,
    acknowledgements,
    points_of_use,
    retrieval_samples,
    retention_rules,
    disposals,
    # 8 Operation
    processes,
    criteria,
    process_runs,
    criterion_results,
    delivered_clauses,
    needed_documents,
    partners,
    places,
    legs,
    flows,
    flow_steps,
    dependencies,
    alternatives,
    business_functions,
    # 6 and 10: work that is owed
    actions,
    declarations,
    # what people stand for
    attestations,
    # what stands on the pages of other records
    links,
    approvals,
)

REGISTERS = tuple(register for register in SHEETS if register.has_pages)
