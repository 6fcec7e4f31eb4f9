use super::*;
use proptest::prelude::*;

#[test]
fn postal_codes_are_read_in_every_spelling() {
    for typed in ["7603NE", "7603 ne", " 7603-ne ", "7603  NE"] {
        assert_eq!(
            PostalCode::parse(typed, Country::Nl).map(|code| code.compact()),
            Ok("7603NE".to_owned()),
            "{typed}"
        );
    }
    assert_eq!(PostalCode::parse("b-9000", Country::Be).map(|code| code.as_str().to_owned()), Ok("9000".to_owned()));
}

#[test]
fn what_is_no_postal_code_is_refused() {
    for typed in ["", "7603", "0603 NE", "7603 SS", "76O3 NE", "7603 NEE", "7603_NE"] {
        assert_eq!(PostalCode::parse(typed, Country::Nl), Err(PostalCodeError), "{typed}");
    }
    assert_eq!(PostalCode::parse("7603 NE", Country::Be), Err(PostalCodeError));
}

#[test]
fn code_and_number_in_one_field_are_understood() {
    let (code, house) = postal_code_and_house("7607ab 12 bis").expect("understood");

    assert_eq!(code.as_str(), "7607 AB");
    assert_eq!(house, HouseNumber { number: 12, addition: "bis".to_owned() });
    assert_eq!(postal_code_and_house("Wittem 16"), None);
    assert_eq!(postal_code_and_house("7607 AB"), None);
}

#[test]
fn house_numbers_keep_their_addition() {
    let cases = [("16", 16, ""), ("12bis", 12, "bis"), ("12-3 hoog", 12, "3 hoog"), (" 4 / a ", 4, "a")];

    for (typed, number, addition) in cases {
        assert_eq!(HouseNumber::parse(typed), Ok(HouseNumber { number, addition: addition.to_owned() }), "{typed}");
    }
    for typed in ["", "bis", "0", "123456", "12 <b>"] {
        assert_eq!(HouseNumber::parse(typed), Err(HouseNumberError), "{typed}");
    }
}

#[test]
fn phone_numbers_are_lenient_and_end_up_the_same() {
    for typed in ["06 12345678", "+31 6 12 34 56 78", "+31 (0)6-12345678", "0031612345678", "06.12.34.56.78"] {
        assert_eq!(
            Phone::parse(typed).map(|phone| phone.as_str().to_owned()),
            Some("+31612345678".to_owned()),
            "{typed}"
        );
    }
    for typed in ["", "12", "06 1234567", "bel me", "612345678901234567"] {
        assert_eq!(Phone::parse(typed), None, "{typed}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_a_parser_panic(text in any::<String>()) {
        let _ = (postal_code_and_house(&text), HouseNumber::parse(&text), Phone::parse(&text), one_line(&text, 20));
        let _ = PostalCode::parse(&text, Country::Nl);
    }

    #[test]
    fn a_read_postal_code_reads_back(digits in 1000u32..10_000, letters in "[A-RT-Z]{2}") {
        let code = PostalCode::parse(&format!("{digits}{letters}"), Country::Nl).expect("valid");
        prop_assert_eq!(PostalCode::parse(code.as_str(), Country::Nl), Ok(code));
    }
}
