//! What must be true of the register as a whole.

use super::device::{INVENTORY, today};
use super::disclosure::{Disclosure, fact};
use super::party::{Party, Role, to};
use super::retention::EndedBy;
use super::version::{VERSIONS, current, of};
use super::*;
use crate::email::EmailAddress;
use crate::money::Money;
use crate::payment::Method;
use std::collections::BTreeSet;

#[test]
fn every_word_of_the_database_is_read_back_as_what_it_was() {
    for purpose in Purpose::ALL {
        assert_eq!(Purpose::parse(purpose.name()), Some(purpose));
    }
    for party in Party::ALL {
        assert_eq!(Party::parse(party.name()), Some(party));
    }
    for field in Field::ALL {
        assert_eq!(Field::parse(field.name()), Some(field));
    }
    for consent in ConsentPurpose::ALL {
        assert_eq!(ConsentPurpose::parse(consent.name()), Some(consent));
    }
    assert_eq!(ConsentPurpose::parse("newsletter"), None);
    for retention in Retention::ALL {
        assert_eq!(Retention::parse(retention.name()), Some(retention));
    }
}

#[test]
fn the_carrier_receives_name_and_address_and_nothing_else() {
    assert_eq!(Party::PostNl.fields(), [Field::Name, Field::Address]);
}

#[test]
fn a_payment_provider_that_only_takes_money_knows_nobody() {
    for party in [Party::OmniKassa, Party::PayPal] {
        for field in [Field::Name, Field::Address, Field::Email, Field::Phone, Field::Goods] {
            assert!(!party.fields().contains(&field), "{} may receive {}", party.name(), field.name());
        }
    }
}

#[test]
fn every_way_to_pay_through_somebody_has_a_party_that_is_there_today() {
    for method in Method::ALL {
        let party = Party::of_method(method);
        assert_eq!(party.is_none(), matches!(method, Method::Invoice | Method::BankTransfer), "{}", method.name());
        assert!(party.is_none_or(|party| party.standing() == Standing::Now && party.purpose() == Purpose::Payment));
    }
}

#[test]
fn what_needs_a_yes_rests_on_consent_and_on_nothing_else() {
    for consent in ConsentPurpose::ALL {
        assert_eq!(consent.purpose().basis(), Basis::Consent);
    }
    for party in Party::ALL {
        let expected = party.consent().map(ConsentPurpose::purpose);
        assert!(expected.is_none_or(|purpose| purpose == party.purpose()), "{}", party.name());
    }
}

#[test]
fn who_is_not_there_yet_serves_a_purpose_that_is_not_there_yet() {
    for party in Party::ALL {
        assert_eq!(party.standing(), party.purpose().standing(), "{}", party.name());
    }
}

#[test]
fn an_interest_is_named_where_it_is_the_ground() {
    for purpose in Purpose::ALL.into_iter().filter(|purpose| purpose.basis() == Basis::Interest) {
        assert!(purpose.words().to_lowercase().contains("belang"), "{}", purpose.name());
    }
}

#[test]
fn nothing_on_a_device_today_waits_for_a_yes_and_each_name_is_there_once() {
    assert!(today().all(|item| item.consent.is_none()));
    let names: BTreeSet<String> = INVENTORY.iter().map(DeviceItem::full_name).collect();
    assert_eq!(names.len(), INVENTORY.len());
    assert_eq!(device::SESSION.full_name(), "__Host-agsid");
    assert_eq!(device::DOOR.full_name(), "__Secure-agdeur");
}

#[test]
fn periods_are_said_in_words() {
    assert_eq!(Retention::Books.period().words(), "7 jaar");
    assert_eq!(Retention::Code.period().words(), "1 dag");
    assert_eq!(Retention::UnconfirmedAlert.period().words(), "48 uur");
    assert_eq!(Retention::Alert.length(), Some(crate::time::Seconds::days(180)));
    assert_eq!(Retention::Books.length(), None);
}

#[test]
fn housekeeping_ends_only_what_has_a_length_or_a_last_day() {
    const DAY: crate::time::Day = crate::time::Day { year: 2026, month: 11, day: 27 };
    for retention in Retention::ALL.into_iter().filter(|retention| retention.ended_by() == EndedBy::Housekeeping) {
        let ends = retention.length().is_some() || retention.last_day(DAY).is_some() || retention == Retention::Job;
        assert!(ends, "{}", retention.title());
    }
}

#[test]
fn who_works_for_us_has_no_ground_of_its_own_outside_the_area() {
    for party in [Party::Hosting, Party::Mail] {
        assert_eq!(party.role(), Role::Processor);
        assert_eq!(party.transfer(), None);
    }
}

#[test]
fn versions_stand_newest_first_and_are_found_by_their_day() {
    assert!(VERSIONS.windows(2).all(|pair| pair[0].day.number() > pair[1].day.number()));
    assert!(VERSIONS.iter().all(|version| !version.changes.is_empty()));
    assert_eq!(of(&current().day.iso()), Some(current()));
    assert_eq!(of("2020-01-01"), None);
    assert_eq!(of("gisteren"), None);
}

#[test]
fn what_was_given_is_known_without_its_values() {
    let email = EmailAddress::parse("eva@example.nl").unwrap();
    let mut out = Disclosure::<to::Klarna>::new(Purpose::Payment);

    let amount = out.give::<fact::Amount, _>(Money::cents(4495)).map(Money::in_cents);
    let address = out.give::<fact::Email, _>(&email).map(EmailAddress::as_str);
    let phone = out.give_if_there::<fact::Phone, _>(None);
    out.give::<fact::Amount, _>(Money::cents(1));
    let debug = format!("{amount:?} {address:?} {out:?}");
    let done = out.done();

    assert_eq!((amount.get(), address.get(), phone.is_none()), (&4495, &"eva@example.nl", true));
    assert_eq!(done.fields, [Field::Email, Field::Amount]);
    assert_eq!((done.party, done.field_names().as_str()), (Party::Klarna, "email amount"));
    assert_eq!(Disclosed::read_fields("email amount"), Some(done.fields));
    assert!(!debug.contains("eva") && !debug.contains("4495"), "{debug}");
}
