//! Discount codes: those there are, and a form for a new one. What was typed stays when something is wrong.

use super::layout::{Frame, Place, desk, field_error, message};
use super::paths;
use crate::components::icon::small_icon;
use leptos::prelude::*;
use shop_core::discount::{Discount, Kind};
use shop_core::time::Seconds;
use shop_flows::manage::DiscountStanding;
use shop_flows::ports::{Clock, FiledDiscount};

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// What people type.
    Code,
    /// Percents or euros.
    Value,
    /// From this value of the goods.
    Least,
    /// First day.
    From,
    /// Last day.
    Until,
    /// How often at most.
    Most,
    /// What she wants to remember.
    Note,
}

impl Field {
    /// The name in the form, and the id on the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Value => "waarde",
            Self::Least => "vanaf",
            Self::From => "van",
            Self::Until => "tot",
            Self::Most => "hoogstens",
            Self::Note => "notitie",
        }
    }

    const fn mistake(self) -> &'static str {
        match self {
            Self::Code => "Gebruik 3 tot 30 letters, cijfers en streepjes, bijvoorbeeld WELKOM5.",
            Self::Value => "Schrijf een bedrag zo: 5,00. Een percentage is een getal tussen 0 en 100, bijvoorbeeld 10.",
            Self::Least => "Schrijf een bedrag zo: 40,00. Of laat het leeg.",
            Self::From => "Kies een dag. Of laat het leeg.",
            Self::Until => "Kies een dag die nog komt en niet voor de eerste dag ligt. Of laat het leeg.",
            Self::Most => "Schrijf een heel getal, bijvoorbeeld 50. Of laat het leeg.",
            Self::Note => "Houd het bij 200 tekens.",
        }
    }
}

/// The form as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// What people type.
    pub code: String,
    /// Whether the value is a percentage.
    pub is_percent: bool,
    /// Percents or euros.
    pub value: String,
    /// From this value of the goods.
    pub least: String,
    /// First day, as `2026-11-24`.
    pub from: String,
    /// Last day, as `2026-11-24`.
    pub until: String,
    /// How often at most.
    pub most: String,
    /// What she wants to remember.
    pub note: String,
    /// What could not be understood.
    pub wrong: Vec<Field>,
    /// Something about the whole form.
    pub trouble: Option<String>,
}

/// The page.
pub fn page(frame: Frame, clock: &dyn Clock, codes: &[FiledDiscount], typed: Typed) -> String {
    let problem = typed.trouble.clone().or_else(|| {
        (!typed.wrong.is_empty()).then(|| {
            "Nog niet gemaakt. Bij het veld staat wat er niet klopt; de rest van wat je typte staat er nog.".to_owned()
        })
    });
    let title = if problem.is_some() { "Fout: Kortingscodes" } else { "Kortingscodes" };
    let list = if codes.is_empty() {
        view! { <p class="grijs">"Er zijn nog geen kortingscodes."</p> }.into_any()
    } else {
        table(clock, codes)
    };
    let body = view! {
        <h1>"Kortingscodes"</h1>
        {problem.map(|text| message(false, text))}
        <section class="paneel">
            <h2>"Codes"</h2>
            {list}
        </section>
        {form(&typed)}
    };
    desk(frame, Place::Discounts, title, body.into_any())
}

fn table(clock: &dyn Clock, codes: &[FiledDiscount]) -> AnyView {
    let rows = codes.iter().map(|filed| row(clock, filed)).collect_view();
    view! {
        <table class="tabel tabel--stapel">
            <thead>
                <tr>
                    <th scope="col">"Code"</th>
                    <th scope="col">"Korting"</th>
                    <th scope="col">"Wanneer"</th>
                    <th scope="col" class="num">
                        "Gebruikt"
                    </th>
                    <th scope="col">"Stand"</th>
                    <th scope="col">
                        <span class="weg">"Beëindigen"</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(clock: &dyn Clock, filed: &FiledDiscount) -> AnyView {
    let FiledDiscount { discount, uses, .. } = filed;
    let standing = filed.standing(clock.now());
    let (class, word) = match standing {
        DiscountStanding::Coming => ("badge badge--info", "Komt nog"),
        DiscountStanding::Running => ("badge badge--goed", "Te gebruiken"),
        DiscountStanding::UsedUp => ("badge badge--let", "Op"),
        DiscountStanding::Ended => ("badge badge--fout", "Afgelopen"),
    };
    let used = discount.most_uses.map_or_else(|| uses.to_string(), |most| format!("{uses} van {most}"));
    let end = (standing != DiscountStanding::Ended).then(|| {
        // The fold asks for a second tap: an ended code does not come back.
        view! {
            <details class="vouw">
                <summary>
                    "Beëindig"
                    <span class="weg">{format!(" {}", discount.code)}</span>
                    {small_icon("chevron-down")}
                </summary>
                <div>
                    <p class="klein">"Daarna kan niemand hem meer gebruiken. Wie hem al gebruikte, houdt de korting."</p>
                    <form method="post" action=paths::end_discount(&discount.code)>
                        <button class="btn btn--rustig btn--klein">{format!("Beëindig {}", discount.code)}</button>
                    </form>
                </div>
            </details>
        }
    });
    view! {
        <tr>
            <td>
                <strong>{discount.code.to_string()}</strong>
                <br />
                <span class="grijs klein breek">{discount.note.clone()}</span>
            </td>
            <td class="breed">{what(discount)}</td>
            <td class="breed">{period(clock, discount)}</td>
            <td class="num">{used}</td>
            <td>
                <span class=class>{word}</span>
            </td>
            <td class="breed">{end}</td>
        </tr>
    }
    .into_any()
}

/// `€ 5,00 vanaf € 40,00`.
fn what(discount: &Discount) -> String {
    let off = match discount.kind {
        Kind::Percent(percent) => percent.label(),
        Kind::Amount(amount) => amount.to_string(),
    };
    discount.least_goods.map_or_else(|| off.clone(), |least| format!("{off} vanaf {least}"))
}

/// `24 november 2026 tot en met 1 december 2026`.
fn period(clock: &dyn Clock, discount: &Discount) -> String {
    let from = clock.day(discount.from).long();
    match discount.until {
        Some(until) if until <= discount.from => "nooit begonnen".to_owned(),
        // The end is the first moment after the last day.
        Some(until) => format!("{from} tot en met {}", clock.day(until.plus(Seconds(-1))).long()),
        None => format!("vanaf {from}"),
    }
}

fn form(typed: &Typed) -> AnyView {
    view! {
        <section class="paneel">
            <h2>"Nieuwe code"</h2>
            <form class="stack" method="post" action=paths::DISCOUNTS>
                <div class="velden">
                    {input(typed, Field::Code, "k3", "Code", "text", None, &typed.code, Some("Zo typen klanten hem. Hoofdletters en spaties maken niet uit."))}
                    <fieldset class="veld k3">
                        <legend>"Soort korting"</legend>
                        <label class="keus">
                            <input r#type="radio" name="soort" value="bedrag" checked=!typed.is_percent />
                            "Bedrag in euro"
                        </label>
                        <label class="keus">
                            <input r#type="radio" name="soort" value="procent" checked=typed.is_percent />
                            "Percentage"
                        </label>
                    </fieldset>
                    {input(typed, Field::Value, "k2", "Korting", "text", Some("decimal"), &typed.value, None)}
                    {input(typed, Field::Least, "k2", "Vanaf bedrag (mag leeg)", "text", Some("decimal"), &typed.least, None)}
                    {input(typed, Field::Most, "k2", "Hoogstens zo vaak (mag leeg)", "text", Some("numeric"), &typed.most, None)}
                    {input(typed, Field::From, "k3", "Eerste dag (mag leeg)", "date", None, &typed.from, None)}
                    {input(typed, Field::Until, "k3", "Laatste dag (mag leeg)", "date", None, &typed.until, None)}
                    {input(typed, Field::Note, "", "Notitie voor jezelf (mag leeg)", "text", None, &typed.note, None)}
                </div>
                <p class="klein grijs">"De korting gaat van de artikelen af, niet van de verzendkosten. Gratis verzending telt na de korting. Een bestelling die niet betaald wordt, telt niet als gebruikt."</p>
                <button class="btn self-start">"Maak de code"</button>
            </form>
        </section>
    }
    .into_any()
}

fn input(
    typed: &Typed,
    field: Field,
    width: &'static str,
    label: &'static str,
    kind: &'static str,
    mode: Option<&'static str>,
    value: &str,
    help: Option<&'static str>,
) -> AnyView {
    let id = field.name();
    let (error_id, help_id) = (format!("{id}-fout"), format!("{id}-hulp"));
    let is_wrong = typed.wrong.contains(&field);
    let described = [is_wrong.then(|| error_id.clone()), help.map(|_| help_id.clone())];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    view! {
        <div class=format!("veld {width}")>
            <label r#for=id>{label}</label>
            <input
                class="in"
                id=id
                name=id
                r#type=kind
                inputmode=mode
                autocomplete="off"
                value=value.to_owned()
                aria-invalid=is_wrong.then_some("true")
                aria-describedby=(!described.is_empty()).then_some(described)
            />
            {is_wrong.then(|| field_error(&error_id, field.mistake()))}
            {help.map(|text| view! { <p class="hulp" id=help_id>{text}</p> })}
        </div>
    }
    .into_any()
}
