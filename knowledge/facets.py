"""Which facet a question asks for: what the classifier read, after neighbours have shared it."""

from __future__ import annotations

from knowledge.question import Question

CONTINUES = 0.2  # probability a short follow-up adds to the facet before
SHORT_FOLLOW_UP = 14  # tokens
KEYWORDS, KEYWORD_SURE = 6, 0.5  # in a few words with a level ("indkøb let?") hours are meant, unless a facet is surer
SECOND = 0.12  # share of the first facet's probability from which the second reading is answered too
LIST_FACETS = ("included", "not_included")  # whose facts are items of a list
SCOPE = ("included", "not_included", "need_covered", "overview")  # what the help is about
SCOPE_LEADS = 1.2  # how many times as likely as another facet those four have to be together, as they are answered together

TOGETHER: dict[str, tuple[str, ...]] = {  # facets that answer one another's question
    "included": (*SCOPE, "citizen_obligations"),
    "not_included": ("not_included", "included", "citizen_obligations"),
    "need_covered": (*SCOPE, "citizen_obligations"),
    "overview": (*SCOPE, "purpose"),
    "how_to_apply": ("how_to_apply", "contact"),
    "extent": ("extent", "schedule"),
    "schedule": ("schedule", "extent"),
}

# How much of a facet's probability its neighbours share: people do not know where a document puts a thing.
NEIGHBOURS: dict[str, dict[str, float]] = {
    "included": {
        "not_included": 0.8,
        "need_covered": 0.7,
        "citizen_obligations": 0.45,
        "special_notes": 0.4,
        "overview": 0.5,
        "delivery_place": 0.25,
        "extent": 0.25,
    },
    "not_included": {"included": 0.6, "citizen_obligations": 0.5, "special_notes": 0.5},
    "need_covered": {
        "included": 0.85,
        "not_included": 0.5,
        "eligibility": 0.45,
        "special_notes": 0.45,
        "purpose": 0.4,
        "overview": 0.4,
        "citizen_obligations": 0.3,
        "delivery_place": 0.25,
    },
    "overview": {"included": 0.8, "purpose": 0.6, "need_covered": 0.5, "definition": 0.4, "eligibility": 0.3},
    "guide": {"overview": 0.8, "included": 0.7, "need_covered": 0.8, "eligibility": 0.5, "how_to_apply": 0.4},
    "extent": {"schedule": 0.45, "delivery_place": 0.35, "follow_up": 0.3, "eligibility": 0.2, "special_notes": 0.2},
    "schedule": {"extent": 0.6, "delivery_place": 0.25},
    "delivery_place": {"provider": 0.35, "extent": 0.3, "included": 0.2},
    "provider": {"free_choice": 0.35, "staff_qualifications": 0.35, "delivery_place": 0.4},
    "free_choice": {"provider": 0.6, "relatives": 0.25},
    "staff_qualifications": {"provider": 0.35},
    "follow_up": {"extent": 0.35, "special_notes": 0.3, "assessment_method": 0.2, "contact": 0.15},
    "eligibility": {
        "assessment_method": 0.4,
        "special_notes": 0.35,
        "citizen_obligations": 0.3,
        "need_covered": 0.4,
        "not_included": 0.35,
        "included": 0.2,
    },
    "assessment_method": {"eligibility": 0.4, "how_to_apply": 0.35, "definition": 0.35},
    "how_to_apply": {"contact": 0.6, "assessment_method": 0.45, "processing_time": 0.25, "start_time": 0.2},
    "contact": {"how_to_apply": 0.45, "complaint": 0.1, "follow_up": 0.2},
    "processing_time": {"start_time": 0.3, "how_to_apply": 0.2},
    "start_time": {"processing_time": 0.3, "how_to_apply": 0.2},
    "cost": {"special_notes": 0.3, "included": 0.15},
    "citizen_obligations": {"not_included": 0.5, "special_notes": 0.4, "included": 0.3, "eligibility": 0.3},
    "relatives": {"free_choice": 0.3, "special_notes": 0.3, "included": 0.3, "how_to_apply": 0.2},
    "special_notes": {
        "citizen_obligations": 0.5,
        "not_included": 0.5,
        "included": 0.5,
        "cost": 0.3,
        "eligibility": 0.4,
        "follow_up": 0.4,
        "extent": 0.3,
        "free_choice": 0.2,
        "delivery_place": 0.2,
    },
    "purpose": {"need_covered": 0.4, "overview": 0.4},
    "legal_basis": {"special_notes": 0.25, "approval": 0.3, "definition": 0.25, "overview": 0.1},
    "approval": {"legal_basis": 0.2},
    "definition": {
        "assessment_method": 0.4,
        "overview": 0.4,
        "purpose": 0.35,
        "included": 0.2,
        "legal_basis": 0.3,
        "special_notes": 0.2,
    },
    "complaint": {"contact": 0.1},
}


def facet_weights(question: Question, before: str = "") -> dict[str, float]:
    """Probability of each facet after neighbours have shared it; `before` is the facet a short follow-up continues."""
    weights: dict[str, float] = dict(question.facets)
    if before and len(question.analysis.words) <= SHORT_FOLLOW_UP:
        weights[before] = weights.get(before, 0.0) + CONTINUES
    for facet, probability in question.facets.items():
        for neighbour, share in NEIGHBOURS.get(facet, {}).items():
            weights[neighbour] = max(weights.get(neighbour, 0.0), share * probability)
    return weights


def likeliest(question: Question, but: str = "") -> float:
    """The highest probability of a facet that can be asked for, of all or of all but one."""
    return max((p for facet, p in question.facets.items() if facet in NEIGHBOURS and facet != but), default=0.0)


def asked_facet(question: Question) -> str:
    """The facet that was understood; `guide`, `inform` and the like count as a look at the whole."""
    facets = {facet: p for facet, p in question.facets.items() if facet in NEIGHBOURS and facet != "guide"}
    if not facets:
        return "overview"
    best = max(facets, key=facets.__getitem__)
    if best not in SCOPE and sum(facets.get(facet, 0.0) for facet in SCOPE) > SCOPE_LEADS * facets[best]:
        best = max(SCOPE, key=lambda facet: facets.get(facet, 0.0))
    if question.mentions.level is not None and not question.flags.open:
        few = len(question.analysis.words)
        keywords = few <= KEYWORDS and (facets[best] < KEYWORD_SURE or best == "schedule")
        if (best in SCOPE and few <= SHORT_FOLLOW_UP) or keywords:
            return "extent"
    return best if facets[best] >= question.facets.get("guide", 0.0) else "overview"


def second_facet(question: Question) -> str:
    """The second reading when it is nearly as likely as the first, else ""."""
    likely = sorted(((p, f) for f, p in question.facets.items() if f in NEIGHBOURS and f != "guide"), reverse=True)[:2]
    return likely[1][1] if len(likely) == 2 and likely[1][0] >= SECOND * likely[0][0] else ""
