//! Who comes to the shop, and who works in it.

use super::{Class, Export, Of, SECRET, Table, WIRING, plain};
use shop_core::privacy::Category::{Address, Choice, Email, Key, Message, Name, Phone, Purchase, Work};
use shop_core::privacy::{Purpose, Retention};

const ACCOUNT: Of = Of(Purpose::Account, Retention::Account);
const ACCOUNT_ID: Class = ACCOUNT.hidden(&[Key], WIRING);
const CODE: Of = Of(Purpose::Account, Retention::Code);
const SESSION: Of = Of(Purpose::Security, Retention::Session);
const DOOR: Of = Of(Purpose::Team, Retention::Session);
const BAG: Of = Of(Purpose::Bag, Retention::Bag);
const WISH: Of = Of(Purpose::SizeAlert, Retention::Alert);
const CREW: Of = Of(Purpose::Team, Retention::Staff);
const TRAIL: Of = Of(Purpose::Team, Retention::Audit);
/// What a form left for the next page: what was typed, when something was wrong with it.
const FORM: Class = Of(Purpose::Question, Retention::Session).hidden(&[Message, Name, Email], FLEETING);
const FLEETING: Export = Export::No("Vluchtig: weg bij de volgende pagina, of binnen een dag.");

const ASKED: Of = Of(Purpose::Newsletter, Retention::UnconfirmedLetter);
const READER: Of = Of(Purpose::Newsletter, Retention::Letter);
const WORD: Of = Of(Purpose::Newsletter, Retention::ConsentProof);
/// Her number on the list leads to nobody once she left: the row that knew her address is gone.
const HAD: Class = READER.shown(&[Choice]);
const LETTER: Class = plain("een nieuwsbrief die de winkel schreef");
const UNREADABLE: Export = Export::No(
    "Een onleesbaar kenmerk van een adres: zo onthoudt de winkel een ja of nee zonder het adres te bewaren.",
);
const GONE: Export =
    Export::No("Staat er pas als het account leeg is; er is dan niemand meer om het aan te laten zien.");
/// That somebody had her data erased; kept so that a backup which is put back forgets her too (AVG art. 17, 5(2)).
const ERASED: Class = Of(Purpose::Proof, Retention::Request).hidden(
    &[Choice],
    Export::No("Een onherkenbaar gemaakt adres van wie gewist is: zo wist een teruggezette reservekopie haar opnieuw."),
);

const SAID: Class = plain("een keuze over cookies, zonder iets over wie haar maakte");
const HERS: Export = Export::No(
    "Een willekeurig nummer dat alleen in de cookie van haar eigen browser staat; de winkel weet niet van wie het is.",
);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "customers",
        columns: &[
            ("id", ACCOUNT_ID),
            ("email", ACCOUNT.shown(&[Email])),
            ("email_folded", ACCOUNT.hidden(&[Email], WIRING)),
            ("given_name", ACCOUNT.shown(&[Name])),
            ("family_name", ACCOUNT.shown(&[Name])),
            ("phone", ACCOUNT.shown(&[Phone])),
            ("created_at", ACCOUNT.shown(&[Key])),
            ("verified_at", ACCOUNT.shown(&[Key])),
            ("mailbox", ACCOUNT.hidden(&[Email], WIRING)),
            ("active_at", ACCOUNT.shown(&[Key])),
            ("warned_at", ACCOUNT.shown(&[Key])),
            ("lapsed_at", ACCOUNT.hidden(&[Key], GONE)),
        ],
    },
    Table {
        name: "addresses",
        columns: &[
            ("id", ACCOUNT_ID),
            ("customer_id", ACCOUNT_ID),
            ("ordinal", ACCOUNT_ID),
            ("body", ACCOUNT.shown(&[Name, Address])),
            ("saved_at", ACCOUNT.shown(&[Address])),
        ],
    },
    Table {
        name: "sign_in_codes",
        columns: &[
            ("email_folded", CODE.hidden(&[Email], FLEETING)),
            ("session_hash", CODE.hidden(&[Key], SECRET)),
            ("hash", CODE.hidden(&[Key], SECRET)),
            ("tries", CODE.hidden(&[Key], FLEETING)),
            ("sent", CODE.hidden(&[Key], FLEETING)),
            ("created_at", CODE.hidden(&[Key], FLEETING)),
            ("expires_at", CODE.hidden(&[Key], FLEETING)),
            ("mailbox", CODE.hidden(&[Email], FLEETING)),
        ],
    },
    Table {
        name: "sessions",
        columns: &[
            ("hash", SESSION.hidden(&[Key], SECRET)),
            ("cart_id", SESSION.hidden(&[Key], WIRING)),
            ("customer_id", SESSION.hidden(&[Key], WIRING)),
            ("staff_id", DOOR.hidden(&[Key], WIRING)),
            ("orders", SESSION.hidden(&[Key], WIRING)),
            ("flash", FORM),
            ("created_at", SESSION.shown(&[Key])),
            ("seen_at", SESSION.shown(&[Key])),
            ("expires_at", SESSION.shown(&[Key])),
        ],
    },
    Table {
        name: "carts",
        columns: &[
            ("id", BAG.hidden(&[Key], WIRING)),
            ("touched_at", BAG.shown(&[Purchase])),
            ("discount_code", BAG.shown(&[Choice])),
        ],
    },
    Table {
        name: "cart_lines",
        columns: &[
            ("cart_id", BAG.hidden(&[Key], WIRING)),
            ("position", BAG.hidden(&[Key], WIRING)),
            ("variant_id", BAG.shown(&[Purchase])),
            ("quantity", BAG.shown(&[Purchase])),
            ("seen_price_cents", BAG.shown(&[Purchase])),
        ],
    },
    Table {
        name: "checkout_drafts",
        columns: &[
            ("cart_id", BAG.hidden(&[Key], WIRING)),
            ("body", BAG.shown(&[Name, Address, Email, Phone, Choice])),
            ("saved_at", BAG.shown(&[Choice])),
        ],
    },
    Table {
        name: "stock_alerts",
        columns: &[
            ("id", WISH.hidden(&[Key], WIRING)),
            ("variant_id", WISH.shown(&[Choice])),
            ("email", WISH.shown(&[Email])),
            ("email_folded", WISH.hidden(&[Email], WIRING)),
            ("token_hash", WISH.hidden(&[Key], SECRET)),
            ("asked_at", WISH.shown(&[Choice])),
            ("confirmed_at", WISH.shown(&[Choice])),
            ("told_at", WISH.shown(&[Choice])),
            ("mailbox", WISH.hidden(&[Email], WIRING)),
        ],
    },
    Table {
        name: "newsletter_sign_ups",
        columns: &[
            ("id", ASKED.hidden(&[Key], WIRING)),
            ("email", ASKED.shown(&[Email])),
            ("email_folded", ASKED.hidden(&[Email], WIRING)),
            ("mailbox", ASKED.hidden(&[Email], WIRING)),
            ("first_name", ASKED.shown(&[Name])),
            ("channel", ASKED.shown(&[Choice])),
            ("text_id", ASKED.shown(&[Choice])),
            ("text_version", ASKED.shown(&[Choice])),
            ("token_hash", ASKED.hidden(&[Key], SECRET)),
            ("asked_at", ASKED.shown(&[Choice])),
        ],
    },
    Table {
        name: "newsletter_subscribers",
        columns: &[
            ("id", READER.hidden(&[Key], WIRING)),
            ("email", READER.shown(&[Email])),
            ("email_folded", READER.hidden(&[Email], WIRING)),
            ("first_name", READER.shown(&[Name])),
            ("since", READER.shown(&[Choice])),
        ],
    },
    Table {
        name: "newsletter_suppressed",
        columns: &[("address_hash", WORD.hidden(&[Key], UNREADABLE)), ("since", WORD.shown(&[Choice]))],
    },
    Table {
        name: "newsletter_consents",
        columns: &[
            ("id", WORD.hidden(&[Key], WIRING)),
            ("subject", WORD.hidden(&[Key], UNREADABLE)),
            ("action", WORD.shown(&[Choice])),
            ("at", WORD.shown(&[Choice])),
            ("text_id", WORD.shown(&[Choice])),
            ("text_version", WORD.shown(&[Choice])),
            ("text_hash", WORD.hidden(&[Key], WIRING)),
            ("channel", WORD.shown(&[Choice])),
        ],
    },
    Table {
        name: "letters",
        columns: &[
            ("id", LETTER),
            ("subject", LETTER),
            ("text", LETTER),
            ("state", LETTER),
            ("state_at", LETTER),
            ("made_at", LETTER),
            ("version", LETTER),
        ],
    },
    Table {
        name: "letter_deliveries",
        columns: &[
            ("letter_id", HAD),
            ("subscriber_id", READER.hidden(&[Key], WIRING)),
            ("state", HAD),
            ("at", HAD),
            ("left_at", HAD),
        ],
    },
    Table {
        name: "staff",
        columns: &[
            ("id", CREW.hidden(&[Work], WIRING)),
            ("email", CREW.shown(&[Work])),
            ("email_folded", CREW.hidden(&[Work], WIRING)),
            ("name", CREW.shown(&[Work])),
            ("password_hash", CREW.hidden(&[Key], SECRET)),
            ("totp_sealed", CREW.hidden(&[Key], SECRET)),
            ("totp_last_step", CREW.hidden(&[Key], SECRET)),
            ("created_at", CREW.shown(&[Work])),
        ],
    },
    Table {
        name: "staff_links",
        columns: &[
            ("hash", CREW.hidden(&[Key], SECRET)),
            ("staff_id", CREW.hidden(&[Work], WIRING)),
            ("expires_at", CREW.hidden(&[Key], WIRING)),
        ],
    },
    Table {
        name: "consent_events",
        columns: &[
            ("id", SAID),
            ("purpose", SAID),
            ("action", SAID),
            ("at", SAID),
            ("text_id", SAID),
            ("text_version", SAID),
            ("text_hash", SAID),
            ("language", SAID),
            ("channel", SAID),
            ("proof", Of(Purpose::Proof, Retention::ConsentProof).hidden(&[Choice], HERS)),
        ],
    },
    Table { name: "erasures", columns: &[("email_hash", ERASED), ("at", ERASED)] },
    Table {
        name: "audit",
        columns: &[
            ("id", TRAIL.hidden(&[Work], WIRING)),
            ("at", TRAIL.shown(&[Work])),
            ("actor", TRAIL.shown(&[Work])),
            ("action", TRAIL.shown(&[Work])),
            ("subject", TRAIL.shown(&[Work])),
            ("detail", TRAIL.shown(&[Work])),
        ],
    },
];
