"""How many places stand on a page: addresses of many countries, structured data, repeats, and numbers that are none.

The pages are made up here. The first part was looked at while the rules were written, the second was written after them
(25 of its 31 were right before anything was changed for it).
"""

# ruff: noqa: E501  a page is a line

from __future__ import annotations

import pytest

from idealfit.watch.locations import locations
from idealfit.watch.page_text import read_page

PAGES = (
    ('ld dup no country', '<p>1 Main St, Dover, DE 19901</p><script type="application/ld+json">{"@type":"LocalBusiness","address":{"@type":"PostalAddress","streetAddress":"1 Main St","addressLocality":"Dover","addressRegion":"DE","postalCode":"19901"}}</script>', 1),
    ('ld dup zip+4', '<p>1 Main St, Dover, DE 19901</p><script type="application/ld+json">{"@type":"LocalBusiness","address":{"@type":"PostalAddress","streetAddress":"1 Main St","addressCountry":{"@type":"Country","name":"United States"},"postalCode":"19901-1234"}}</script>', 1),
    ('ld street only dup', '<p>1 Main Street, Dover, DE 19901</p><script type="application/ld+json">{"@type":"LocalBusiness","address":{"@type":"PostalAddress","streetAddress":"1 Main St.","addressLocality":"Dover"}}</script>', 1),
    ('ld usa', '<p>1 Main St, Dover, DE 19901</p><script type="application/ld+json">{"@type":"Store","address":{"@type":"PostalAddress","streetAddress":"1 Main St","addressCountry":"United States of America","postalCode":"19901"}}</script>', 1),
    ('ld uk', '<p>9 Hall Lane<br>Ormskirk<br>L40 5UF</p><script type="application/ld+json">{"@type":"Store","address":{"@type":"PostalAddress","streetAddress":"9 Hall Lane","addressCountry":"GB","postalCode":"L405UF"}}</script>', 1),
    ('ld list', '<script type="application/ld+json">[{"@type":"Store","address":{"@type":"PostalAddress","streetAddress":"1 A St","postalCode":"19901"}},{"@type":"Store","address":[{"@type":"PostalAddress","streetAddress":"2 B St","postalCode":"19902"},{"@type":"PostalAddress","streetAddress":"3 C St","postalCode":"19903"}]}]</script>', 3),
    ('ld typeless address', '<script type="application/ld+json">{"@type":"Store","address":{"streetAddress":"1 A St","postalCode":"19901"}}</script>', 1),
    ('ld address text', '<p>1 A Street, Dover, DE 19901<script type="application/ld+json">{"@type":"Store","address":"1 A Street, Dover, DE 19901"}</script>', 1),
    ('ld job', '<script type="application/ld+json">{"@type":"JobPosting","jobLocation":{"@type":"Place","address":{"@type":"PostalAddress","postalCode":"19901"}}}</script>', 0),
    ('ld event', '<script type="application/ld+json">{"@type":"Event","location":{"@type":"Place","address":{"@type":"PostalAddress","streetAddress":"5 Fair Rd","postalCode":"19901"}}}</script>', 0),
    ('ld review author', '<script type="application/ld+json">{"@type":"Organization","address":{"@type":"PostalAddress","postalCode":"19901","streetAddress":"1 A St"},"review":{"author":{"@type":"Person","address":{"@type":"PostalAddress","postalCode":"10001"}}}}</script>', 1),
    ('microdata spans', '<div itemprop="address" itemscope itemtype="http://schema.org/PostalAddress"><span itemprop="streetAddress">1 Main St</span><span itemprop="addressLocality">Dover</span><span itemprop="addressRegion">DE</span><span itemprop="postalCode">19901</span></div>', 1),
    ('hcard', '<div class="vcard"><div class="adr"><span class="street-address">1 Main St</span><span class="locality">Dover</span><span class="region">DE</span><span class="postal-code">19901</span></div></div>', 1),
    ('footer hq repeated', '<div>Head office: 12 King Street, Leeds LS1 2HH</div><footer>12 King St, Leeds, LS1 2HH. Tel 0113 496 0000</footer>', 1),
    ('footer lower postcode', '<p>12 King Street, Leeds ls1 2hh</p>', 1),
    ('uk nospace', '<p>12 King Street, Leeds LS12HH</p><p>LS1 2HH</p>', 1),
    ('us phones', '<p>Call 555-123-4567 or (302) 555-0100. Fax 302 555 0199</p>', 0),
    ('us zip traps', '<p>Model CA 90210-X, order no 12345, since 1998, 10001 customers in 50 states</p>', 0),
    ('us long list', '<li>1 Oak Ave, Springfield, IL 62701</li><li>2 Oak Ave, Springfield, IL 62702</li><li>3 Oak Ave, Springfield, IL 62703</li><li>4 Oak Ave, Springfield, IL 62704</li><li>5 Oak Ave, Springfield, IL 62705</li><li>6 Oak Ave, Springfield, IL 62706</li><li>7 Oak Ave, Springfield, IL 62707</li><li>8 Oak Ave, Springfield, IL 62708</li>', 8),
    ('us newline state', '<p>500 Market St<br>San Francisco<br>California<br>94105</p>', 1),
    ('us city state zip lines', '<p>500 Market St<br>San Francisco, CA<br>94105</p>', 1),
    ('us no comma', '<p>500 Market St San Francisco CA 94105 USA</p>', 1),
    ('us nbsp', '<p>500 Market St, San Francisco, CA&nbsp;&nbsp;94105</p>', 1),
    ('us two suites', '<p>500 Market St, Suite 100, SF, CA 94105</p><p>500 Market St, Suite 200, SF, CA 94105</p>', 1),
    ('nz', '<p>Level 3, 12 Queen Street<br>Auckland 1010<br>New Zealand</p><p>45 Lambton Quay, Wellington 6011, New Zealand</p>', 2),
    ('nz po box', '<p>PO Box 1234, Auckland 1140</p><p>12 Queen Street, Auckland 1010</p>', 2),
    ('au', '<p>12 George St, Sydney NSW 2000</p><p>5 Collins St, Melbourne, Victoria, 3000</p><p>Perth WA6000</p>', 3),
    ('au lower state dots', '<p>12 George St, Sydney N.S.W. 2000</p>', 1),
    ('in', '<p>38 Cubbon Road, Bangalore - 560 001</p><p>12, MG Road, Pune 411001, Maharashtra</p><p>Plot 5, Sector 18, Gurgaon, Haryana-122015, India</p>', 3),
    ('in pin', '<p>Andheri (E), Mumbai, Pin: 400093</p><p>14 Anna Salai, Chennai. PIN Code: 600 002</p>', 2),
    ('ca', '<p>100 King St W, Toronto, ON M5X 1A9</p><p>1 Rue Ste-Catherine, Montréal (Québec) H3B1A1</p>', 2),
    ('de', '<p>Musterstraße 12<br>80331 München</p><p>Hauptstr. 5, D-10115 Berlin</p><p>Postfach 10 20 30, D-70173 Stuttgart</p>', 3),
    ('ch', '<p>Route du Molliau 31<br>Case Postale<br>CH-1131 Tolochenaz<br>Switzerland</p><p>Bahnhofstrasse 1, 8001 Zürich</p>', 2),
    ('at', '<p>Mariahilfer Straße 20<br>A-1070 Wien</p><p>Landstraße 3, 4020 Linz</p>', 2),
    ('fr', '<p>12 rue de Rivoli, 75004 Paris</p><p>ZI Nord, 5 avenue Foch<br>69006 LYON</p><p>Tour Montparnasse, 75015 Paris CEDEX 15, France</p>', 3),
    ('es', '<p>Calle Mayor 5, 28013 Madrid</p><p>Av. Diagonal 211<br>08018 Barcelona</p><p>C/ Alcalá, 45, 2º, 28014 - Madrid</p>', 3),
    ('it', '<p>Via Roma 10, 20121 Milano (MI)</p><p>Piazza Navona, 3 - 00186 Roma</p><p>Via Filippo Tajani, 11, 20133<br>Milan</p>', 3),
    ('nl', '<p>Keizersgracht 1, 1015 CJ Amsterdam</p><p>Coolsingel 40<br>3011AD Rotterdam</p>', 2),
    ('be', '<p>Rue de la Loi 16, 1000 Bruxelles</p><p>Meir 5, B-2000 Antwerpen</p>', 2),
    ('dk no se', '<p>Vesterbrogade 1, 1620 København V</p><p>Karl Johans gate 5<br>0154 Oslo</p><p>Drottninggatan 10, 111 51 Stockholm</p>', 3),
    ('fi', '<p>Mannerheimintie 5, 00100 Helsinki</p>', 1),
    ('pl', '<p>ul. Prosta 20, 00-850 Warszawa</p>', 1),
    ('cz', '<p>Vodičkova 12, 110 00 Praha 1, Czech Republic</p>', 1),
    ('pt', '<p>Rua Augusta 12, 1100-048 Lisboa</p>', 1),
    ('ie', '<p>12 Grafton Street, Dublin 2, D02 YX88</p>', 1),
    ('br', '<p>Av. Paulista, 1000 - São Paulo - SP, 01310-100</p>', 1),
    ('mx', '<p>Av. Reforma 222, Col. Juárez, C.P. 06600, Ciudad de México</p>', 1),
    ('jp', '<p>2-2-1, Minatomirai, Nishi-ku, Yokohama, Kanagawa 220-8137, Japan</p><p>〒100-0005 東京都千代田区丸の内1-1</p>', 2),
    ('cn', '<p>88 Century Avenue, Pudong, Shanghai 200120, China</p><p>Lingang Zone, Qingdao, Shandong, P.C: 266400, China</p>', 2),
    ('kr', '<p>152 Teheran-ro, Gangnam-gu, Seoul 06236, South Korea</p>', 1),
    ('sg', '<p>1 Raffles Place, #20-01, Singapore 048616</p><p>10 Anson Road Singapore (079903)</p>', 2),
    ('my', '<p>Jalan Ampang 5, 50450 Kuala Lumpur, Malaysia</p>', 1),
    ('id', '<p>Jalan MH. Thamrin No. 9, Jakarta Pusat10340, Indonesia</p>', 1),
    ('th', '<p>99 Wireless Road, Lumpini, Bangkok 10330, Thailand</p>', 1),
    ('za', '<p>5 Long Street, Cape Town, 8001, South Africa</p><p>100 Rivonia Road, Sandton 2196</p>', 2),
    ('ae sa', '<p>Riyadh, P.O. Box 295020<br>Saudi Arabia- 11351</p>', 1),
    ('lb', '<p>Omar Daouk Street, PO Box 13-6572<br>Beirut, 2020-0908<br>Lebanon</p>', 1),
    ('il', '<p>12 Rothschild Blvd, Tel Aviv 6688101, Israel</p>', 1),
    ('tr', '<p>Büyükdere Cad. No: 10, 34394 Şişli, İstanbul, Türkiye</p>', 1),
    ('ru', '<p>Presnenskaya Naberezhnaya,10<br>123317 Moscow<br>Russia</p>', 1),
    ('tw', '<p>7 Xinyi Road Sec. 5, Taipei 11049, Taiwan</p>', 1),
    ('prices', '<p>Buy for $12345. 20 years. 50000 users in Texas 2019. Invoice 75004 Paris Hilton</p>', 0),
    ('form', '<label>Zip code: <input placeholder="12345"></label><p>Enter your ZIP code: 90210 to find a store</p>', 0),
    ('stats', '<p>In 2019 Berlin had 12345 Besucher. 1500 Teilnehmer. 10000 Kunden</p>', 0),
    ('years', '<p>Copyright 2015 Acme, 2014 Awards. March 2020 Conference in Germany</p>', 0),
    ('hours', '<p>Mon-Fri 0900 - 1700. Opening 1000 Monday</p>', 0),
    ('vat', '<p>VAT GB 123 4567 89, Reg. No. 01234567 England, HRB 12345 München, USt-ID DE123456789</p>', 0),
    ('select states', '<select><option>CA</option><option>DE</option><option>NY</option></select><p>10001 items</p>', 0),
    ('map list by country dropdown', '<option>1 Main St, Dover, DE 19901</option>', 1),
    ('uk registered elsewhere', '<p>Visit: 9 Hall Lane, Ormskirk L40 5UF</p><p>Registered office: 1 King Street, London EC2V 8AU. Registered in England 0123456</p>', 2),
    ('hidden template', '<template><p>1 Main St, Dover, DE 19901</p></template>', 0),
    ('comment', '<!-- 1 Main St, Dover, DE 19901 -->', 0),
    ('script', '<script>var a="1 Main St, Dover, DE 19901"</script>', 0),
    ('po and street same zip', '<p>PO Box 5, Dover, DE 19901</p><p>1 Main St, Dover, DE 19901</p>', 1),
    ('jobs list', '<h2>Account Executive</h2><p>Austin, TX 78701</p>', 1),
    ('military', '<p>PSC 3 Box 4, APO, AE 09021</p>', 1),
    ('dentist', '<h1>Smile</h1><p>Dr. Ann Lee DDS</p><p>8500 Wilshire Blvd., Suite 505<br>Beverly Hills, CA 90211<br>Phone: (310) 555-0100</p><footer>© 2014 Smile | 8500 Wilshire Blvd. #505 Beverly Hills, California, 90211</footer>', 1),
    ('law two offices', '<table><tr><td>Main Office<br>100 N. Central Expy<br>Dallas, Texas 75201-3302</td><td>Fort Worth Office<br>777 Main St. Ste 600<br>Ft. Worth, Tx 76102</td></tr></table>', 2),
    ('uk shops', '<ul><li>Unit 4, Bluewater, Greenhithe, Kent, DA9 9ST</li><li>23 High St, Oxford OX1 4DB - 01865 496000</li><li>The Mill, Bath Rd, Stroud GL5 3QN</li></ul>', 3),
    ('uk gov style', '<p>PO BOX 600<br>Coventry<br>CV1 5FL</p><p>Economic House, High Street, Coventry, CV1 5QN</p>', 2),
    ('ireland', '<p>Unit 6, Block 3, Blanchardstown Corporate Park, Dublin 15, D15 WXY1</p><p>Cork Business Park, Cork, T12AE34</p>', 2),
    ('canada lower', '<p>55 Water St., Vancouver B.C. v6b 1a1</p>', 1),
    ('india block', '<p>Corporate Office<br>Larsen House, Ballard Estate<br>Mumbai - 400 001.<br>Tel: +91 22 6752 5656</p><p>Works: Survey No. 12/3, Hosur Road, Bangalore-560068, Karnataka, India</p>', 2),
    ('india spaced', '<p>3rd Floor, Kailash Building, K.G. Marg, New Delhi 110 001 India. Ph 011 2331 0000</p>', 1),
    ('germany page', '<h2>Impressum</h2><p>Muster GmbH<br>Am Stadtpark 3<br>40789 Monheim am Rhein</p><p>Niederlassung: Gewerbepark 7, 04356 Leipzig</p><p>Telefon 0211 12345, HRB 54321</p>', 2),
    ('france', '<p>Siège social : 25, quai du Président Paul Doumer - 92400 Courbevoie</p><p>RCS Nanterre 552 081 317 - Capital 10 000 EUR</p><p>Agence de Lyon : 3 place Bellecour 69002 Lyon</p>', 2),
    ('spain', '<p>Polígono Industrial Can Roca, nave 5, 08130 Santa Perpètua (Barcelona)</p>', 1),
    ('italy', '<p>Sede legale: Corso Vittorio Emanuele II, 12 - 10123 TORINO (TO) - P.IVA 01234567890</p>', 1),
    ('swiss', '<p>Rue du Rhône 14<br>1204 Genève</p><p>Hardturmstrasse 161, CH-8005 Zürich</p>', 2),
    ('nl', '<p>Postbus 123<br>3500 AC Utrecht</p><p>Bezoekadres: Croeselaan 18, 3521 CB Utrecht</p>', 2),
    ('denmark', '<p>Amagertorv 6<br>DK-1160 København K</p>', 1),
    ('sweden', '<p>Box 1234<br>SE-111 22 Stockholm</p>', 1),
    ('us territories', '<p>200 Calle Fortaleza, San Juan, PR 00901</p><p>1 Bishop St, Honolulu, Hawaii 96813</p>', 2),
    ('us state far from zip', '<p>10 Park Plaza, Boston, MA, USA - 02116</p>', 1),
    ('us zip first line only', '<p>Mailing: P.O. Box 4000, Princeton, New Jersey 08543-4000</p>', 1),
    ('us table cells', '<table><tr><td>1200 Main St</td><td>Buffalo</td><td>NY</td><td>14202</td></tr><tr><td>55 Elm St</td><td>Albany</td><td>NY</td><td>12207</td></tr></table>', 2),
    ('australia', "<p>Level 10, 1 O'Connell Street<br>Sydney, NSW, 2000</p><p>GPO Box 55, Brisbane Qld 4001</p><p>99 King William St Adelaide South Australia 5000</p>", 3),
    ('hk uae none', '<p>Suite 1, 88 Queensway, Hong Kong</p><p>P.O. Box 17777, Dubai, UAE</p>', 0),
    ('blog dates & codes', '<p>Posted June 12, 2015 in Portland, OR</p><p>Call now 1-800-555-0199. Over 25000 installs in CA and 12000 in NY</p>', 0),
    ('order form', '<p>State: AL AK AZ Zip: ____ Example: NY 10001</p>', 0),
    ('testimonials', '<p>"Great work" - Bob, Dallas TX</p><p>"Loved it" - Ann, SW1</p>', 0),
    ('footnote phones', '<p>London +44 20 7946 0000, Paris +33 1 42 68 53 00, Munich +49 89 1234567, Madrid +34 912 345 678</p>', 0),
    ('korea vietnam', '<p>12F, 396 Seocho-daero, Seocho-gu, Seoul 06619, Republic of Korea</p><p>72 Le Thanh Ton, District 1, Ho Chi Minh City 700000, Vietnam</p>', 2),
    ('ld and visible abbreviations', '<p>1600 Amphitheatre Pkwy, Mountain View, CA 94043</p><script type="application/ld+json">{"@graph":[{"@type":"Organization","address":{"@type":"PostalAddress","streetAddress":"1600 Amphitheatre Parkway","addressLocality":"Mountain View","postalCode":94043,"addressCountry":"USA"}}]}</script>', 1),
    ('store list json', '<script type="application/ld+json">{"@type":"Organization","department":[{"@type":"Store","address":{"@type":"PostalAddress","streetAddress":"1 A","postalCode":"10001"}},{"@type":"Store","address":{"@type":"PostalAddress","streetAddress":"2 B","postalCode":"10002"}}]}</script>', 2),
    ('isbn', '<p>ISBN 0-12345-678-9, DIN 50014 Norm, EN 10204 Zertifikat, ISO 27001 Certified, RAL 9010 Weiss</p>', 0),
    ('german prose', '<p>Unsere Straße 1 führt weiter. Wir haben 25000 Mitarbeiter weltweit und 12000 Kunden</p>', 0),
)  # fmt: skip


@pytest.mark.parametrize(("name", "markup", "count"), PAGES, ids=[page[0] for page in PAGES])
def test_places_are_counted(name, markup, count):
    page = read_page(f"<html><body>{markup}</body></html>")
    found = locations(page)
    assert found.count == count, (name, found.places)
    assert all(page.holds(place.quote) for place in found.places), "what is counted can be quoted"


def test_a_street_that_only_structured_data_name_is_a_place_unless_it_is_one_of_the_others():
    markup = (
        '<p>1 Main Street, Dover, DE 19901</p><script type="application/ld+json">[{"@type":"Store","address":{"streetAddress":'
        '"1 Main St."}},{"@type":"Store","address":{"streetAddress":"7 Elm Road"}}]</script>'
    )
    assert locations(read_page(markup)).count == 2
