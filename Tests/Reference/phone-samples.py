#!/usr/bin/python3
"""Prints numbers and what Debian's python3-phonenumbers says of them: kind, region, text, verdict; tab-separated.

The verdict is E.164 and the number's region, or `-` when the library holds the number for invalid.
"""
import random

import phonenumbers as lib
from phonenumbers import timezone
from phonenumbers import PhoneNumberFormat as Format
from phonenumbers import PhoneNumberType as Kind

random.seed(2026)


def verdict(text, region):
    try:
        number = lib.parse(text, region)
    except lib.NumberParseException:
        return "-"
    if not lib.is_valid_number(number):
        return "-"
    return lib.format_number(number, Format.E164) + " " + (lib.region_code_for_number(number) or "-")


def show(kind, region, text, expected):
    print(kind, region, text, expected, sep="\t")


for region in sorted(lib.SUPPORTED_REGIONS):
    for kind in (Kind.MOBILE, Kind.FIXED_LINE):
        number = lib.example_number_for_type(region, kind)
        if number is None:
            continue
        expected = verdict(lib.format_number(number, Format.E164), region)
        for form in (Format.E164, Format.INTERNATIONAL, Format.NATIONAL, Format.RFC3966):
            text = lib.format_number(number, form).removeprefix("tel:")
            show("example", region, text, expected)
        digits = lib.format_number(number, Format.E164)
        show("example", region, "00" + digits[1:], expected)
        show("short", region, digits[:-4], verdict(digits[:-4], region))
        show("long", region, digits + "12345678", "-")
    bad = lib.invalid_example_number(region)
    if bad is not None:
        show("invalid", region, lib.format_number(bad, Format.E164), "-")
    code = lib.country_code_for_region(region)
    for _ in range(16):
        size = random.randint(4, 13)
        digits = "".join(random.choice("0123456789") for _ in range(size))
        text = f"+{code}{digits}"
        show("random", region, text, verdict(text, region))
    for kind in (Kind.MOBILE, Kind.FIXED_LINE):
        number = lib.example_number_for_type(region, kind)
        if number is None:
            continue
        # Real beginnings with other last digits, as they are dialled at home and from abroad.
        for _ in range(4):
            other = lib.PhoneNumber()
            other.merge_from(number)
            tail = 10 ** random.randint(2, 5)
            other.national_number = number.national_number // tail * tail + random.randrange(tail)
            for form in (Format.E164, Format.NATIONAL):
                text = lib.format_number(other, form)
                show("near", region, text, verdict(text, region))
for code in sorted(lib.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
    number = lib.example_number_for_non_geo_entity(code)
    text = lib.format_number(number, Format.E164)
    show("example", "001", text, text + " -")
for text in ["+61412345678", "+61291234567", "+79123456789", "+12125550123", "+13105550123", "+5511961234567", "+4915112345678", "+5215512345678"]:
    show("zones", "001", text, str(len(timezone.time_zones_for_number(lib.parse(text)))))
