//! What comes in at the desk: questions, requests about data, breaches; and what the nightly job of the periods writes down.

use super::{Class, Export, Of, Table, WIRING, plain};
use shop_core::privacy::Category::{Choice, Email, Message, Name, Purchase, Work};
use shop_core::privacy::{Purpose, Retention};

const COUNT: Class = plain("een teller");
const LEAK: Class = plain("een datalek, zonder namen opgeschreven");
const ASKED: Of = Of(Purpose::Question, Retention::Message);
const CLAIM: Of = Of(Purpose::Proof, Retention::Request);
const WORKER: Export = Export::No("Gaat over wie in de winkel werkt; die ziet het in het logboek.");
const HAND: Class = Of(Purpose::Team, Retention::Request).hidden(&[Work], WORKER);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "keeping",
        columns: &[("id", COUNT), ("books_before", COUNT), ("consents_before", COUNT), ("night", COUNT)],
    },
    Table {
        name: "forgetting",
        columns: &[("order_id", Of(Purpose::Order, Retention::Agreement).hidden(&[Purchase], WIRING))],
    },
    Table { name: "forgotten", columns: &[("day", COUNT), ("retention", COUNT), ("rows_gone", COUNT)] },
    Table {
        name: "questions",
        columns: &[
            ("id", ASKED.hidden(&[Message], WIRING)),
            ("name", ASKED.shown(&[Name])),
            ("email", ASKED.shown(&[Email])),
            ("mailbox", ASKED.hidden(&[Email], WIRING)),
            ("order_number", ASKED.shown(&[Message])),
            ("asked_at", ASKED.shown(&[Message])),
            ("closed_at", ASKED.shown(&[Message])),
            ("version", ASKED.hidden(&[Message], WIRING)),
        ],
    },
    Table {
        name: "question_messages",
        columns: &[
            ("id", ASKED.hidden(&[Message], WIRING)),
            ("question_id", ASKED.hidden(&[Message], WIRING)),
            ("at", ASKED.shown(&[Message])),
            ("is_answer", ASKED.shown(&[Message])),
            ("actor", HAND),
            ("body", ASKED.shown(&[Message])),
        ],
    },
    Table {
        name: "requests",
        columns: &[
            ("id", CLAIM.hidden(&[Choice], WIRING)),
            ("kind", CLAIM.shown(&[Choice])),
            ("channel", CLAIM.shown(&[Choice])),
            ("name", CLAIM.shown(&[Name])),
            ("contact", CLAIM.shown(&[Email])),
            ("about", CLAIM.shown(&[Message])),
            ("received", CLAIM.shown(&[Choice])),
            ("extension_reason", CLAIM.shown(&[Message])),
            ("closed_at", CLAIM.shown(&[Choice])),
            ("outcome", CLAIM.shown(&[Choice])),
            ("answer", CLAIM.shown(&[Message])),
            ("version", CLAIM.hidden(&[Choice], WIRING)),
        ],
    },
    Table {
        name: "request_events",
        columns: &[
            ("id", CLAIM.hidden(&[Choice], WIRING)),
            ("request_id", CLAIM.hidden(&[Choice], WIRING)),
            ("at", CLAIM.shown(&[Choice])),
            ("actor", HAND),
            ("what", CLAIM.shown(&[Choice])),
        ],
    },
    Table {
        name: "breaches",
        columns: &[
            ("id", LEAK),
            ("aware_at", LEAK),
            ("facts", LEAK),
            ("effects", LEAK),
            ("measures", LEAK),
            ("decision", LEAK),
            ("reason", LEAK),
            ("closed_at", LEAK),
            ("version", LEAK),
        ],
    },
    Table {
        name: "breach_events",
        columns: &[("id", LEAK), ("breach_id", LEAK), ("at", LEAK), ("actor", HAND), ("what", LEAK)],
    },
];
