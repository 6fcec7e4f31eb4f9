//! What is sold, and what the shop has to do.

use super::{Class, Export, Of, Table, plain};
use shop_core::privacy::Category::{Email, Message, Name, Purchase, Work};
use shop_core::privacy::{Purpose, Retention};

const ARTICLE: Class = plain("een artikel");
const OFFER: Class = plain("een actie van de winkel");
const COUNT: Class = plain("een teller");
const TODO: Class = plain("iets wat de winkel te doen heeft, zonder gegevens van een persoon");
const HEALTH: Class = plain("hoe het met een betaaldienst gaat, zonder inhoud");
const SEEN: Class = plain("een bericht van een betaaldienst, zonder inhoud");
const PASSING: Export = Export::No("Weg zodra het gedaan is, meestal binnen een minuut.");
const DEED: Class = Of(Purpose::Team, Retention::Audit)
    .hidden(&[Work], Export::No("Gaat over wie in de winkel werkt; die ziet het in het logboek."));

pub(super) const TABLES: &[Table] = &[
    Table { name: "day_counts", columns: &[("day", COUNT), ("what", COUNT), ("count", COUNT)] },
    Table {
        name: "products",
        columns: &[
            ("id", ARTICLE),
            ("slug", ARTICLE),
            ("title", ARTICLE),
            ("brand", ARTICLE),
            ("kind", ARTICLE),
            ("category", ARTICLE),
            ("status", ARTICLE),
            ("position", ARTICLE),
            ("is_new", ARTICLE),
            ("is_organic", ARTICLE),
            ("vat_basis_points", ARTICLE),
            ("body", ARTICLE),
            ("created_at", ARTICLE),
        ],
    },
    Table {
        name: "variants",
        columns: &[
            ("id", ARTICLE),
            ("product_id", ARTICLE),
            ("position", ARTICLE),
            ("sku", ARTICLE),
            ("size", ARTICLE),
            ("price_cents", ARTICLE),
            ("lowest_30_days_cents", ARTICLE),
            ("grams", ARTICLE),
            ("barcode", ARTICLE),
            ("on_hand", ARTICLE),
            ("held", ARTICLE),
            ("removed_at", ARTICLE),
        ],
    },
    Table {
        name: "picture_facts",
        columns: &[
            ("key", ARTICLE),
            ("width", ARTICLE),
            ("height", ARTICLE),
            ("widths", ARTICLE),
            ("has_avif", ARTICLE),
            ("dominant", ARTICLE),
        ],
    },
    Table {
        name: "pictures",
        columns: &[("product_id", ARTICLE), ("position", ARTICLE), ("key", ARTICLE), ("alt", ARTICLE)],
    },
    Table {
        name: "price_history",
        columns: &[("id", ARTICLE), ("variant_id", ARTICLE), ("price_cents", ARTICLE), ("from_at", ARTICLE)],
    },
    Table {
        name: "stock_counts",
        columns: &[
            ("id", ARTICLE),
            ("variant_id", ARTICLE),
            ("counted", ARTICLE),
            ("was", ARTICLE),
            ("actor", DEED),
            ("at", ARTICLE),
        ],
    },
    Table {
        name: "discounts",
        columns: &[
            ("code", OFFER),
            ("kind", OFFER),
            ("value", OFFER),
            ("least_goods_cents", OFFER),
            ("from_at", OFFER),
            ("until_at", OFFER),
            ("most_uses", OFFER),
            ("uses", OFFER),
            ("note", OFFER),
            ("made_at", OFFER),
        ],
    },
    Table { name: "counters", columns: &[("name", COUNT), ("value", COUNT)] },
    Table { name: "shop_state", columns: &[("id", COUNT), ("catalogue_version", COUNT)] },
    Table {
        name: "tasks",
        columns: &[
            ("id", TODO),
            ("at", TODO),
            ("kind", TODO),
            ("order_id", TODO),
            (
                "detail",
                // A withdrawal names who declared it; of other tasks she gets nothing to see, because they name nobody.
                Of(Purpose::Order, Retention::Agreement).shown(&[Name, Email, Purchase]),
            ),
            ("closed_at", TODO),
            ("closed_by", DEED),
        ],
    },
    Table {
        name: "jobs",
        columns: &[
            ("id", TODO),
            ("kind", TODO),
            ("payload", Of(Purpose::Question, Retention::Job).hidden(&[Name, Email, Message], PASSING)),
            ("run_at", TODO),
            ("tries", TODO),
            ("locked_until", TODO),
            ("last_error", TODO),
            ("dead_at", TODO),
            ("job_key", TODO),
        ],
    },
    Table {
        name: "provider_health",
        columns: &[
            ("provider", HEALTH),
            ("answered_at", HEALTH),
            ("failed_at", HEALTH),
            ("failed_with", HEALTH),
            ("failing_since", HEALTH),
            ("compared_day", HEALTH),
            ("differences", HEALTH),
        ],
    },
    Table { name: "notices", columns: &[("provider", SEEN), ("key", SEEN), ("seen_at", SEEN)] },
];
