//! Dutch.

use shop_core::ShopError;
use shop_core::cart::CartError;
use shop_core::catalog::{Availability, Fit, FitVerdict};
use shop_core::checkout::{Field, Mistake};
use shop_core::discount::DiscountRefusal;
use shop_core::email::MailDomain;
use shop_core::money::Money;
use shop_core::payment::{Buyer, Method, NoInvoice};

/// No size chosen yet.
pub const CHOOSE_SIZE: &str = "Kies eerst een maat";
/// What becomes of an address that waits for a size.
pub const ALERT_TERMS: &str =
    "Eerst vragen we per mail of het klopt. Je adres gebruiken we alleen hiervoor; na die ene mail wissen we het.";
/// What happens with an address for the newsletter.
pub const NEWSLETTER_TERMS: &str = "Je krijgt eerst een mail om te bevestigen. We bewaren alleen je e-mailadres en je voornaam, en meten niet of je een brief opent. Afmelden doe je met één tik in elke brief.";
/// The free-delivery meter is full.
pub const FREE_DELIVERY: &str = "Gratis verzending. Je steen is geslepen.";
/// The bag is empty.
pub const EMPTY_CART: &str = "Je tas is nog leeg. Op welke lengte zoek je?";
/// One piece is left.
pub const LAST_ONE: &str = "Laatste in deze maat";
/// There is no such page.
pub const NOT_FOUND: &str = "Deze steen is zoek. De winkel vind je hier.";
/// Our fault.
pub const OUR_FAULT: &str = "Er ging bij ons iets mis, niet bij jou. Je tas is bewaard.";
/// No connection.
pub const OFFLINE: &str = "Geen verbinding. Wat je al zag, blijft staan.";
/// The statutory period of reflection, near the price.
pub const REFLECTION: &str = "14 dagen bedenktijd";
/// The lowest price of the 30 days before, without the amount.
pub const LOWEST: &str = "Laagste prijs in de 30 dagen ervoor";

/// A whole sentence for anything that did not work.
pub fn shop_error(error: &ShopError) -> String {
    match error {
        ShopError::NotFound => "Dit vonden we niet, of het is niet van jou.".to_owned(),
        ShopError::Malformed => "Dit kwam niet goed over. Laad de pagina opnieuw en probeer het nog eens.".to_owned(),
        ShopError::SignInNeeded => "Log eerst in.".to_owned(),
        ShopError::Forbidden => "Dit mag je niet bekijken of wijzigen.".to_owned(),
        ShopError::Fields(errors) => fields_to_check(errors.len()),
        ShopError::Cart(error) => cart_error(error),
        ShopError::Discount(refusal) => discount_refusal(*refusal),
        ShopError::EmptyCart => EMPTY_CART.to_owned(),
        ShopError::PriceChanged => "De prijs is veranderd. Kijk nog even naar het nieuwe totaal.".to_owned(),
        ShopError::HoldLost => {
            "We hielden je artikelen even vast, maar die tijd is voorbij. Kijk nog even in je tas.".to_owned()
        }
        ShopError::NoDelivery => "Daar bezorgen we niet. We bezorgen in Nederland en België.".to_owned(),
        ShopError::PaymentUnavailable => {
            "Deze manier van betalen werkt nu even niet. Je bestelling staat; kies een andere manier.".to_owned()
        }
        ShopError::NoInvoice(reason) => no_invoice(reason),
        ShopError::Conflict => "Dit is intussen ergens anders gewijzigd. Kijk nog even wat er nu staat.".to_owned(),
        ShopError::TooManyTries => {
            "Dat waren veel pogingen. Wacht een paar minuten en probeer het dan nog eens.".to_owned()
        }
        ShopError::TooManyUnpaid => {
            "Je hebt al drie bestellingen die nog niet betaald zijn. Betaal of annuleer er eerst een; de link staat in je mail."
                .to_owned()
        }
        ShopError::TooLate => "Dat kan nu niet meer.".to_owned(),
        ShopError::Unavailable { reference } if reference.is_empty() => OFFLINE.to_owned(),
        ShopError::Unavailable { reference } => [OUR_FAULT, " Bel of mail je ons, noem dan ", reference, "."].concat(),
    }
}

/// Why this order cannot be paid afterwards, and what can be done about it.
pub fn no_invoice(reason: &NoInvoice) -> String {
    match reason {
        NoInvoice::Abroad => "Achteraf betalen kan alleen bij bezorging in Nederland.".to_owned(),
        NoInvoice::OtherAddress => "Achteraf betalen kan alleen als het pakje naar je factuuradres gaat.".to_owned(),
        NoInvoice::PostBox => "Achteraf betalen kan niet bij bezorging in een postbus.".to_owned(),
        NoInvoice::Name => "Voor achteraf betalen zijn je voornaam en achternaam voluit nodig.".to_owned(),
        NoInvoice::Email => {
            "Je e-mailadres is te lang voor achteraf betalen. Met een korter adres kan het wel.".to_owned()
        }
        NoInvoice::TooLittle(least) => ["Achteraf betalen kan vanaf ", &round(*least), "."].concat(),
        NoInvoice::TooMuch(most) => ["Achteraf betalen kan tot en met ", &round(*most), "."].concat(),
        NoInvoice::Unpaid => {
            "Een rekening van een eerdere bestelling is over tijd. Zodra die betaald is, kan achteraf op factuur weer."
                .to_owned()
        }
    }
}

/// What the shop's own invoice means for this order, beside the choice: what is paid when, and that it costs nothing. `deposit` is what is
/// paid first; to whom that would be nothing at another time is told when.
pub fn invoice_explained(total: Money, deposit: Money, buyer: Buyer, limit: Money) -> String {
    if deposit == Money::ZERO {
        return format!(
            "Je betaalt nu niets. Je rekening van {total} komt mee in de mail dat je pakje onderweg is; je maakt haar over binnen 14 \
             dagen daarna. Het kost niets extra en er komt geen ander bedrijf aan te pas."
        );
    }
    let rest = Money::cents(total.in_cents().saturating_sub(deposit.in_cents()));
    let why = match buyer {
        Buyer::Unproven if total <= limit => {
            format!(" Log je eerst in met een code per mail, dan betaal je tot en met {} niets vooraf.", round(limit))
        }
        Buyer::Owing if total <= limit => {
            format!(" Zodra je vorige rekening betaald is, betaal je tot en met {} weer niets vooraf.", round(limit))
        }
        _ => String::new(),
    };
    format!(
        "Je maakt eerst de helft over, {deposit}. Dan pak ik je bestelling in. De rest, {rest}, maak je over binnen 14 dagen nadat je \
         pakje weg is. Het kost niets extra.{why}"
    )
}

/// Klarna said no: whom to ask (product promise S4), and that nothing is lost.
pub const KLARNA_DECLINED: &str = "Klarna gaf geen akkoord voor achteraf betalen. Klarna beslist dat zelf; wij zien de reden niet. \
    Vragen kun je stellen aan Klarna: klantenservice@klarna.nl of 020 808 2852. Op een andere manier betalen kan wel, zonder iets \
    opnieuw in te vullen.";

/// What paying afterwards means, beside the choice: it is credit, from whom, until when, and for whom.
pub fn klarna_explained(days: u32) -> String {
    format!(
        "Je betaalt na ontvangst. Klarna mailt je de factuur als je pakje vertrekt; betaal binnen {days} dagen. Dit is krediet van \
         Klarna: vanaf {} jaar, in Nederland, bezorgd op je factuuradres. Klarna beoordeelt je aanvraag en krijgt daarvoor je naam, \
         adres, e-mailadres en telefoonnummer. Let op: geld lenen kost geld.",
        shop_core::payment::YOUNGEST
    )
}

/// Why the bag stayed as it was.
pub fn cart_error(error: &CartError) -> String {
    match error {
        CartError::SoldOut { left: Availability::SoldOut, .. } => "Deze maat is net verkocht.".to_owned(),
        CartError::SoldOut { left: Availability::Last(1), .. } => "Van deze maat is er nog één.".to_owned(),
        CartError::SoldOut { left: Availability::Last(few), .. } => format!("Van deze maat zijn er nog {few}."),
        CartError::SoldOut { left: Availability::Plenty, .. } => {
            "Zoveel hebben we er niet van deze maat. Kies er minder, of mail ons even.".to_owned()
        }
        CartError::TooMany { most } => format!("Meer dan {most} van één maat gaat niet vanzelf. Mail ons even."),
        CartError::Full => "Je tas is vol. Reken eerst af of haal er iets uit.".to_owned(),
    }
}

/// Why a discount code takes nothing off, next to the field (rule C4: each reason its own text).
pub fn discount_refusal(refusal: DiscountRefusal) -> String {
    let text = match refusal {
        DiscountRefusal::Missing => "Vul je kortingscode in.",
        DiscountRefusal::Unknown => "Deze kortingscode kennen we niet. Kijk nog even of alles klopt.",
        DiscountRefusal::NotYet => "Deze kortingscode kun je nu nog niet gebruiken.",
        DiscountRefusal::Expired => "Deze kortingscode is verlopen.",
        DiscountRefusal::TooLow { least } => {
            return ["Deze kortingscode geldt vanaf ", &round(least), " aan artikelen."].concat();
        }
        DiscountRefusal::UsedUp => "Deze kortingscode is zo vaak gebruikt als kon.",
    };
    text.to_owned()
}

/// What to do about a field, next to that field.
pub const fn mistake(field: Field, mistake: Mistake) -> &'static str {
    match (field, mistake) {
        (Field::Email, Mistake::Missing) => "Vul je e-mailadres in. Daar gaat je bevestiging heen.",
        (Field::GivenName, Mistake::Missing) => "Vul je voornaam in.",
        (Field::FamilyName, Mistake::Missing) => "Vul je achternaam in.",
        (Field::Country, Mistake::Missing) => "Kies een land.",
        (Field::PostalCode, Mistake::Missing) => "Vul je postcode in.",
        (Field::House, Mistake::Missing) => "Vul je huisnummer in.",
        (Field::Street, Mistake::Missing) => "Vul je straat in.",
        (Field::City, Mistake::Missing) => "Vul je plaats in.",
        (Field::Phone, Mistake::Missing) => "Vul je telefoonnummer in.",
        (Field::Method, Mistake::Missing) => "Kies hoe je wilt betalen.",
        (Field::Code, Mistake::Missing) => "Vul de zes cijfers uit de mail in.",
        (Field::Message, Mistake::Missing) => "Schrijf je vraag op.",
        (Field::Message, Mistake::TooLong) => "Dit is te lang voor één bericht. Maak het iets korter.",
        (Field::Name, Mistake::Missing) => "Vul je naam in.",
        (Field::ReplyTo, Mistake::Missing) => "Vul je e-mailadres in, dan kan ik antwoorden.",
        (Field::Order, Mistake::Missing) => "Vul je bestelnummer in, of schrijf wat en wanneer je bestelde.",
        (Field::Newsletter, Mistake::Missing) => "Zet een vinkje als je de nieuwsbrief wilt en 16 jaar of ouder bent.",
        (Field::Name | Field::Order, Mistake::TooLong) => "Dit is te lang. Maak het iets korter.",
        (_, Mistake::EmailWithoutAt) => "In je e-mailadres ontbreekt de @.",
        (_, Mistake::EmailDomain) => "Controleer het deel na de @, bijvoorbeeld voorbeeld.nl.",
        (_, Mistake::EmailMalformed) => "Dit lijkt geen e-mailadres. Zo ziet er een uit: naam@voorbeeld.nl.",
        (_, Mistake::EmailSlip(domain)) => slip(domain),
        (_, Mistake::PostalCodeNl) => "Schrijf het zo: 7600 AA.",
        (_, Mistake::PostalCodeBe) => "Schrijf het zo: 9000.",
        (_, Mistake::HouseNumber) => "Begin met een cijfer, bijvoorbeeld 12 of 12 B.",
        (_, Mistake::Phone) => "Dit lijkt geen telefoonnummer. Zo kan het: 06 12345678.",
        (_, Mistake::NoName) => "Zo’n teken staat in geen naam. Letters, streepjes en punten gaan goed.",
        (_, Mistake::TooLong) => "Dit past niet op het pakket. Maak het iets korter.",
        (_, Mistake::NotOffered) => "Kies een van de mogelijkheden.",
        (_, Mistake::WrongCode) => "Deze code klopt niet. Kijk nog even in de mail.",
        (Field::ReplyTo, Mistake::TooManyCodes) => {
            "Van dit adres kwamen vandaag al vijf vragen binnen. Ik antwoord zo gauw ik kan; bellen of appen kan ook."
        }
        (_, Mistake::TooManyCodes) => {
            "Naar dit adres gingen vandaag al tien codes. Kijk ook bij ongewenste mail; morgen kan het weer. Bestellen kan zonder inloggen."
        }
        (_, Mistake::CodeExpired) => "Deze code is niet meer geldig. Vraag een nieuwe aan.",
    }
}

/// The question whether another mail domain was meant. Only the server asks it.
#[cfg(feature = "ssr")]
const fn slip(domain: MailDomain) -> &'static str {
    macro_rules! question {
        ($domain:literal) => {
            concat!("Bedoel je …@", $domain, "? Klopt het zoals het er staat, druk dan nog eens op de knop.")
        };
    }
    match domain {
        MailDomain::Gmail => question!("gmail.com"),
        MailDomain::Hotmail => question!("hotmail.com"),
        MailDomain::HotmailNl => question!("hotmail.nl"),
        MailDomain::HotmailBe => question!("hotmail.be"),
        MailDomain::Outlook => question!("outlook.com"),
        MailDomain::Icloud => question!("icloud.com"),
        MailDomain::Yahoo => question!("yahoo.com"),
        MailDomain::Ziggo => question!("ziggo.nl"),
        MailDomain::Kpnmail => question!("kpnmail.nl"),
        MailDomain::Planet => question!("planet.nl"),
        MailDomain::Hetnet => question!("hetnet.nl"),
        MailDomain::Telenet => question!("telenet.be"),
    }
}

/// In the browser nobody asks, and the sentences would only weigh.
#[cfg(not(feature = "ssr"))]
const fn slip(_: MailDomain) -> &'static str {
    ""
}

/// The name of a field, as its label says it.
pub const fn field_name(field: Field) -> &'static str {
    match field {
        Field::Email => "E-mailadres",
        Field::GivenName => "Voornaam",
        Field::FamilyName => "Achternaam",
        Field::Country => "Land",
        Field::PostalCode => "Postcode",
        Field::House => "Huisnummer",
        Field::Street => "Straat",
        Field::City => "Plaats",
        Field::Phone => "Telefoon",
        Field::Method => "Betaalmethode",
        Field::Code => "Code",
        Field::Message => "Je vraag",
        Field::Name => "Naam",
        Field::ReplyTo => "E-mailadres",
        Field::Order => "Bestelnummer",
        Field::Newsletter => "Nieuwsbrief",
    }
}

/// The title of the error summary.
pub fn fields_to_check(count: usize) -> String {
    const WORDS: [&str; 9] = ["geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht"];
    let word = WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned());
    let fields = if count == 1 { " veld" } else { " velden" };
    ["Kijk nog even naar ", &word, fields].concat()
}

/// `1 artikel`, `24 artikelen`.
pub fn articles(count: u32) -> String {
    if count == 1 { "1 artikel".to_owned() } else { format!("{count} artikelen") }
}

/// Something was put in the bag.
pub fn added(title: &str, size: &str) -> String {
    if size.is_empty() {
        [title, " ligt in je tas"].concat()
    } else {
        [title, ", maat ", size, " ligt in je tas"].concat()
    }
}

/// Something was taken out of the bag.
pub fn removed(title: &str) -> String {
    [title, " verwijderd"].concat()
}

/// It was put back.
pub fn put_back(title: &str) -> String {
    [title, " ligt weer in je tas"].concat()
}

/// The accessible name of the bag in the header.
pub fn bag_label(pieces: u32) -> String {
    if pieces == 0 { "Winkeltas".to_owned() } else { ["Winkeltas, ", &articles(pieces)].concat() }
}

/// Delivery cost and from when it is free: `Verzending € 4,95, gratis vanaf € 75`.
pub fn delivery_cost(cost: Money, free_from: Option<Money>) -> String {
    if cost == Money::ZERO {
        return "Gratis verzending".to_owned();
    }
    let mut text = format!("Verzending {cost}");
    if let Some(limit) = free_from {
        text.push_str(", gratis vanaf ");
        text.push_str(&round(limit));
    }
    text
}

/// The ways to pay in a sentence: `iDEAL | Wero, PayPal of overschrijving vooraf`. Lines do not break inside a name.
pub fn ways_to_pay(methods: &[Method]) -> String {
    let name = |method: &Method| match method {
        Method::Ideal => "iDEAL\u{a0}|\u{a0}Wero",
        Method::Card => "creditcard",
        Method::PayPal => "PayPal",
        Method::Klarna => "achteraf met Klarna",
        Method::Invoice => "achteraf op factuur",
        Method::BankTransfer => "overschrijving vooraf",
    };
    let names: Vec<&str> = methods.iter().map(name).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} of {last}", first.join(", ")),
    }
}

/// `€ 75` for whole euros, `€ 74,50` otherwise.
pub fn round(amount: Money) -> String {
    let text = amount.to_string();
    text.strip_suffix(",00").map_or_else(|| text.clone(), str::to_owned)
}

/// The title of a page: `Jurk Madelief | All Gems`.
pub fn page_title(title: &str) -> String {
    [title, " | All Gems"].concat()
}

/// A first letter as a capital, for names that start a sentence.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        let mut out = String::with_capacity(text.len());
        out.push(first.to_ascii_uppercase());
        out.push_str(letters.as_str());
        out
    })
}

/// Where an order stands, by the name of its state.
pub fn order_state(state: &str) -> &'static str {
    match state {
        "awaiting_payment" => "Wacht op betaling",
        "paid" => "Wordt ingepakt",
        "shipped" => "Onderweg",
        "delivered" => "Bezorgd",
        _ => "Geannuleerd",
    }
}

/// An answer to how something fits.
pub const fn fit(fit: Fit) -> &'static str {
    match fit {
        Fit::Small => "Klein",
        Fit::Right => "Precies",
        Fit::Large => "Groot",
    }
}

/// What the votes on the fit of an article say together, with how many there are.
pub fn fit_verdict(verdict: FitVerdict) -> String {
    let FitVerdict { most, votes, of } = verdict;
    match most {
        Some(Fit::Small) => format!("Valt kleiner dan verwacht, {votes} van {of} stemmen"),
        Some(Fit::Right) => format!("Valt precies zoals verwacht, {votes} van {of} stemmen"),
        Some(Fit::Large) => format!("Valt groter dan verwacht, {votes} van {of} stemmen"),
        None => format!("Over de maat verschillen de meningen, {of} stemmen"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_in_words_with_the_right_plural() {
        assert_eq!(fields_to_check(1), "Kijk nog even naar één veld");
        assert_eq!(fields_to_check(2), "Kijk nog even naar twee velden");
        assert_eq!(fields_to_check(11), "Kijk nog even naar 11 velden");
    }

    #[test]
    fn the_question_about_a_slip_names_the_domain_that_was_meant() {
        for typed in ["eva@gmial.com", "eva@hotmai.nl", "eva@outlok.com", "eva@zigo.nl", "eva@telenet.bee"] {
            let Some(asked) = shop_core::checkout::slip(Field::Email, typed) else { panic!("{typed}") };
            let Mistake::EmailSlip(domain) = asked.mistake else { panic!("{typed}") };

            assert!(mistake(Field::Email, asked.mistake).starts_with(&format!("Bedoel je …@{}?", domain.name())));
        }
    }

    #[test]
    fn only_the_ways_to_pay_that_there_are_are_named() {
        assert_eq!(
            ways_to_pay(&Method::ALL),
            "iDEAL\u{a0}|\u{a0}Wero, creditcard, PayPal, achteraf met Klarna, achteraf op factuur of overschrijving vooraf"
        );
        assert_eq!(ways_to_pay(&[Method::PayPal, Method::BankTransfer]), "PayPal of overschrijving vooraf");
        assert_eq!(ways_to_pay(&[Method::BankTransfer]), "overschrijving vooraf");
    }

    #[test]
    fn delivery_names_the_limit_in_whole_euros() {
        assert_eq!(
            delivery_cost(Money::cents(495), Some(Money::cents(7500))),
            "Verzending €\u{a0}4,95, gratis vanaf €\u{a0}75"
        );
        assert_eq!(delivery_cost(Money::ZERO, None), "Gratis verzending");
        assert_eq!(round(Money::cents(7450)), "€\u{a0}74,50");
    }

    #[test]
    fn each_reason_to_refuse_a_code_has_its_own_text() {
        let least = Money::cents(4000);
        let reasons = [
            DiscountRefusal::Missing,
            DiscountRefusal::Unknown,
            DiscountRefusal::NotYet,
            DiscountRefusal::Expired,
            DiscountRefusal::TooLow { least },
            DiscountRefusal::UsedUp,
        ];

        let mut texts: Vec<String> = reasons.into_iter().map(discount_refusal).collect();

        assert!(texts.contains(&"Deze kortingscode geldt vanaf €\u{a0}40 aan artikelen.".to_owned()));
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), reasons.len());
    }

    #[test]
    fn votes_on_fit_are_told_with_their_number() {
        let told = |most, votes| fit_verdict(FitVerdict { most, votes, of: 9 });

        assert_eq!(told(Some(Fit::Right), 7), "Valt precies zoals verwacht, 7 van 9 stemmen");
        assert_eq!(told(Some(Fit::Small), 5), "Valt kleiner dan verwacht, 5 van 9 stemmen");
        assert_eq!(told(None, 0), "Over de maat verschillen de meningen, 9 stemmen");
    }

    #[test]
    fn each_reason_against_paying_afterwards_is_a_sentence_with_what_can_be_done() {
        let most = no_invoice(&NoInvoice::TooMuch(Money::cents(150_000)));

        assert_eq!(most, "Achteraf betalen kan tot en met €\u{a0}1.500.");
        assert!(no_invoice(&NoInvoice::Unpaid).contains("Zodra die betaald is"));
        assert_eq!(no_invoice(&NoInvoice::Abroad), "Achteraf betalen kan alleen bij bezorging in Nederland.");
    }

    #[test]
    fn paying_afterwards_is_told_plainly_and_a_refusal_names_klarna() {
        let told = klarna_explained(14);

        assert!(
            told.contains("binnen 14 dagen") && told.contains("vanaf 18 jaar") && told.contains("krediet"),
            "{told}"
        );
        for pressing in ["gratis", "uitstel", "nu kopen", "koop meer", "!"] {
            assert!(!told.to_lowercase().contains(pressing), "{pressing}");
        }
        for whom in ["klantenservice@klarna.nl", "020 808 2852"] {
            assert!(KLARNA_DECLINED.contains(whom), "{whom}");
        }
    }

    #[test]
    fn our_own_invoice_says_what_is_paid_when_and_presses_nobody() {
        let euros = Money::cents;
        let limit = euros(15_000);
        let nothing = invoice_explained(euros(4990), Money::ZERO, Buyer::Proven, limit);
        let half = invoice_explained(euros(15_001), euros(7500), Buyer::Unproven, limit);
        let unproven = invoice_explained(euros(4990), euros(2495), Buyer::Unproven, limit);
        let second = invoice_explained(euros(4990), euros(2495), Buyer::Owing, limit);

        assert!(nothing.starts_with("Je betaalt nu niets. Je rekening van €\u{a0}49,90"), "{nothing}");
        assert!(half.contains("de helft over, €\u{a0}75,00") && half.contains("De rest, €\u{a0}75,01"), "{half}");
        assert!(unproven.ends_with("dan betaal je tot en met €\u{a0}150 niets vooraf."), "{unproven}");
        assert!(second.contains("Zodra je vorige rekening betaald is"), "{second}");
        assert!(half.ends_with("Het kost niets extra."), "{half}");
        for text in [nothing, half, unproven, second] {
            assert!(!text.contains('!') && !text.contains("gratis") && !text.contains("uitstel"), "{text}");
        }
    }

    #[test]
    fn the_bag_says_how_much_is_in_it() {
        assert_eq!(bag_label(0), "Winkeltas");
        assert_eq!(bag_label(1), "Winkeltas, 1 artikel");
        assert_eq!(bag_label(2), "Winkeltas, 2 artikelen");
    }
}
