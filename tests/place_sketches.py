"""Sketches of pages that tell where companies are, each with the number of own places that a person would count.

Companies, streets and pages are made up here. `OPEN` were looked at while the rules were extended; `CLOSED` were written on
the same day, before the rules were touched, and only counted until the rules stood; `AFTERWARDS` when they stood. What
was then found wrong was mended, so none of them is held out any more: docs/benchmarks.md has the figures of before.
`DEV` were written by somebody else when those rules stood: half of them were looked into, the others nearly all only
counted. In them a number that the company states of itself ("nine showrooms") counts, as it does everywhere since.
"""

# ruff: noqa: E501  a page is a few long lines

from __future__ import annotations

from hashlib import sha256


def looked_into(name: str) -> bool:
    """Return whether a sketch of `DEV` is of the half that was looked into while rules were extended."""
    return int(sha256(name.encode()).hexdigest(), 16) % 2 == 0


def _data(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


OPEN = (
    (
        "JSON-LD of a chain of dentists, the same three also as text",
        _data(
            '{"@context":"https://schema.org","@graph":[{"@type":"Dentist","name":"Molar & Sons, Ames","address":{"@type":"PostalAddress","streetAddress":"210 Main St","addressLocality":"Ames","addressRegion":"IA","postalCode":"50010"}},'
            '{"@type":["Dentist","MedicalBusiness"],"name":"Molar & Sons, Boone","address":{"streetAddress":"88 Story Street","addressLocality":"Boone","addressRegion":"IA","postalCode":"50036"}},'
            '{"@type":"Dentist","name":"Molar & Sons, Nevada","address":{"@type":"PostalAddress","streetAddress":"5 Lincoln Way","addressLocality":"Nevada","addressRegion":"IA","postalCode":"50201-0005"}}]}'
        )
        + "<h1>Our practices</h1><div><h3>Ames</h3><p>210 Main Street<br>Ames, Iowa 50010</p></div><div><h3>Boone</h3><p>88 Story St.<br>Boone, IA 50036</p></div><div><h3>Nevada</h3><p>5 Lincoln Way, Nevada, IA 50201</p></div>",
        3,
    ),
    (
        "an organisation with places under location and subOrganization",
        _data(
            '{"@type":"Organization","name":"Nordlys Kabel","address":{"@type":"PostalAddress","streetAddress":"Storgata 4","postalCode":"0155","addressLocality":"Oslo","addressCountry":"NO"},'
            '"location":[{"@type":"Place","address":{"@type":"PostalAddress","streetAddress":"Havnegata 9","postalCode":"7010","addressLocality":"Trondheim"}}],"subOrganization":{"@type":"Organization","address":{"@type":"PostalAddress","streetAddress":"Kungsgatan 2","postalCode":"111 43","addressLocality":"Stockholm"}}}'
        )
        + "<h1>Nordlys Kabel</h1><p>We lay cables.</p>",
        3,
    ),
    (
        "JSON-LD with towns alone",
        _data(
            '[{"@type":"Store","name":"Brook Bikes Leeds","address":{"@type":"PostalAddress","addressLocality":"Leeds","addressCountry":"GB"}},{"@type":"Store","name":"Brook Bikes York","address":{"@type":"PostalAddress","addressLocality":"York","addressCountry":"GB"}}]'
        )
        + "<h1>Shops</h1><p>Come by.</p>",
        2,
    ),
    (
        "microdata of two branches, phones between",
        '<h1>Branches</h1><div itemscope itemtype="https://schema.org/AutoRental"><span itemprop="name">Hire North</span><div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="streetAddress">14 Quay Road</span>, <span itemprop="addressLocality">Blyth</span> <span itemprop="postalCode">NE24 3PA</span></div><span itemprop="telephone">01670 555 0101</span></div>'
        '<div itemscope itemtype="https://schema.org/AutoRental"><span itemprop="name">Hire South</span><div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="streetAddress">Unit 2, Forge Lane</span>, <span itemprop="addressLocality">Crawley</span> <span itemprop="postalCode">RH10 9PF</span></div></div>',
        2,
    ),
    (
        "a table with a town, a street and a postcode in columns of their own",
        "<h2>Standorte</h2><table><tr><th>Ort</th><th>PLZ</th><th>Straße</th></tr><tr><td>Kassel</td><td>34117</td><td>Königsstraße 12</td></tr><tr><td>Fulda</td><td>36037</td><td>Heinrichstraße 3</td></tr><tr><td>Göttingen</td><td>37073</td><td>Weender Str. 55</td></tr></table>",
        3,
    ),
    (
        "branches by town only, under a heading",
        "<h1>Tamar Roofing</h1><h2>Our branches</h2><ul><li>Plymouth</li><li>Exeter</li><li>Truro</li><li>Taunton</li><li>Bournemouth</li></ul><h2>Opening hours</h2><ul><li>Monday to Friday</li><li>Saturday</li></ul>",
        5,
    ),
    (
        "offices as cards: town, country, a mail address",
        "<h2>Offices</h2><div class=card><h3>London</h3><p>United Kingdom</p><a href='mailto:uk@harrow.example'>Write to us</a></div><div class=card><h3>Toronto</h3><p>Canada</p></div><div class=card><h3>Singapore</h3><p>Singapore</p></div><h2>Products</h2><h3>Harrow One</h3><h3>Harrow Two</h3>",
        3,
    ),
    (
        "a map whose points stand in attributes",
        '<h1>Find us</h1><div class="map"><a class="pin" data-lat="51.05" data-lng="3.72" data-title="Gent" data-address="Veldstraat 20, 9000 Gent"></a><a class="pin" data-lat="51.22" data-lng="4.40" data-title="Antwerpen" data-address="Meir 44, 2000 Antwerpen"></a><a class="pin" data-lat="50.85" data-lng="4.35" data-title="Brussel" data-address="Nieuwstraat 8, 1000 Brussel"></a></div>',
        3,
    ),
    (
        "hCards of three garages",
        '<div class="vcard"><span class="fn org">Ridge Motors</span><div class="adr"><div class="street-address">9 Ridge Way</div><span class="locality">Hobart</span> <span class="region">TAS</span> <span class="postal-code">7000</span></div></div><div class="vcard"><div class="adr"><div class="street-address">70 Brisbane St</div><span class="locality">Launceston</span> <span class="region">TAS</span> <span class="postal-code">7250</span></div></div><div class="vcard"><div class="adr"><div class="street-address">3 Wilson St</div><span class="locality">Burnie</span> <span class="region">TAS</span> <span class="postal-code">7320</span></div></div>',
        3,
    ),
    (
        "the head office again in the footer, written differently",
        "<h1>Contact</h1><p>Head Office<br>Suite 400, 1201 West Elm Avenue<br>Spokane, Washington 99201</p><p>Warehouse<br>77 Trent Road<br>Spokane Valley, WA 99212</p><footer>Larch Tools Inc. | 1201 W. Elm Ave., Ste. 400, Spokane, WA 99201-0300 | 509-555-0142</footer>",
        2,
    ),
    (
        "two houses of one street with one postcode",
        "<h1>Where we are</h1><p><b>Shop</b><br>12 Castle Street<br>Ludlow SY8 1AS</p><p><b>Workshop</b><br>31 Castle Street<br>Ludlow SY8 1AS</p>",
        2,
    ),
    (
        "addresses of customers in stories",
        "<h1>Contact</h1><p>Quill Software, 400 Mercer Street, Seattle, WA 98109</p><h2>Customer stories</h2><p>Bay Clinic, 12 Harbor Blvd, Tampa, FL 33602</p><p>Pine Foods, 9 Mill Road, Bend, OR 97701</p>",
        1,
    ),
    (
        "events at hotels",
        "<h1>Upcoming events</h1><p>12 March: Hotel Astor, 100 Canal Street, New Orleans, LA 70130</p><p>3 April: Marsh Centre, 45 King St, Boston, MA 02110</p><h2>Our office</h2><p>18 Spring Street, Albany, NY 12207</p>",
        1,
    ),
    (
        "resellers in two countries",
        "<h1>Contact us</h1><h2>Headquarters</h2><p>Gewerbestrasse 5<br>8005 Zürich<br>Switzerland</p><h2>Authorised resellers</h2><p>Cable Direct Ltd<br>4 Dock Road<br>Hull HU1 1TL</p><p>Kabelhuis BV<br>Stationsplein 9<br>3511 ED Utrecht</p>",
        1,
    ),
    (
        "a post box and a door",
        "<h2>Contact</h2><p>Postal address: PO Box 411, Dubbo NSW 2830</p><p>Street address: 16 Wingewarra Street, Dubbo NSW 2830</p>",
        1,
    ),
    (
        "states of the union as an index",
        "<h1>Stores by state</h1><ul><li><a href='/al'>Alabama (12)</a></li><li><a href='/ak'>Alaska (1)</a></li><li><a href='/az'>Arizona (30)</a></li><li><a href='/ar'>Arkansas (9)</a></li></ul>",
        0,
    ),
    (
        "Japanese branches",
        "<h1>拠点一覧</h1><dl><dt>本社</dt><dd>〒104-0061 東京都中央区銀座4-1-2</dd><dt>大阪支店</dt><dd>〒530-0001 大阪府大阪市北区梅田1-2-3</dd><dt>名古屋支店</dt><dd>〒450-0002 愛知県名古屋市中村区名駅3-4-5</dd></dl>",
        3,
    ),
    (
        "Brazilian branches",
        "<h2>Nossas unidades</h2><p>Matriz: Rua das Laranjeiras, 120 - Centro, Curitiba - PR, CEP 80010-000</p><p>Filial: Avenida Brasil, 2500, Cascavel/PR - 85801-000</p>",
        2,
    ),
    (
        "French agencies with CEDEX and a registered number",
        "<h1>Nos agences</h1><p>Siège : 14 rue du Port, 44000 Nantes</p><p>Agence Bretagne : ZA de la Lande, 35137 Bédée</p><p>Agence Sud : 8 bis avenue Jean Jaurès, CS 40012, 31036 TOULOUSE CEDEX 1</p><p>SIREN 552 100 554, capital de 50 000 euros</p>",
        3,
    ),
    (
        "Spanish delegations",
        "<h2>Delegaciones</h2><p>C/ de la Paz, 7, bajo<br>46003 Valencia</p><p>Polígono Ind. El Olivar, nave 14<br>41703 Dos Hermanas (Sevilla)</p><p>Gran Vía 30, 4º B · 48009 Bilbao</p>",
        3,
    ),
    (
        "Italian sites, one registered seat that is also a works",
        "<p>Sede legale e stabilimento: Via dell'Artigianato 21, 36100 Vicenza (VI)</p><p>Filiale: Viale Europa, 8 - 20090 Segrate (MI)</p><p>P.IVA 02345678901 - REA VI-123456</p><p>Sede legale: Via dell'Artigianato, 21 36100 VICENZA</p>",
        2,
    ),
    (
        "Indian works without the word PIN",
        "<h3>Registered Office</h3><p>4th Floor, Sapphire Towers, Senapati Bapat Marg, Lower Parel, Mumbai 400013</p><h3>Works</h3><p>Plot No. 22, GIDC Estate, Vapi, Gujarat 396195</p><h3>Depot</h3><p>No. 8, Mount Road, Chennai - 600002, Tamil Nadu</p>",
        3,
    ),
    (
        "Canadian shops, one in French",
        "<li>1500 Portage Ave, Winnipeg MB R3G 0W4</li><li>220, boul. Saint-Joseph, Gatineau (QC) J8Y 3W7</li><li>44 Water Street, St. John's, Newfoundland A1C1A4</li>",
        3,
    ),
    (
        "a blog with years, prices and phones",
        "<h1>News</h1><p>March 2021: we sold 12000 units in TX 2020. Ring 020 7946 0958 or +49 30 901820.</p><p>Model DE 45000 from $19995; order before 31 December 2024.</p>",
        0,
    ),
    (
        "addresses without postcodes in Hong Kong and Dubai",
        "<h2>Our offices</h2><h3>Hong Kong</h3><p>Unit 1204, 12/F, 88 Queensway, Admiralty, Hong Kong</p><h3>Dubai</h3><p>Office 301, Marina Plaza, Dubai, United Arab Emirates</p>",
        2,
    ),
    (
        "number of branches said, none listed",
        "<h1>About us</h1><p>From 48 branches across Scotland we lend ladders to anybody who asks.</p>",
        48,
    ),
)  # fmt: skip

CLOSED = (
    (
        "JSON-LD of hotels with a geo point, the first one again as text",
        _data(
            '[{"@context":"http://schema.org","@type":"Hotel","name":"Heron House","geo":{"@type":"GeoCoordinates","latitude":54.6,"longitude":-3.1},"address":{"@type":"PostalAddress","streetAddress":"2 Lake Road","addressLocality":"Keswick","postalCode":"CA12 5BX","addressCountry":"UK"}},{"@type":"Hotel","name":"Heron Court","address":{"@type":"PostalAddress","streetAddress":"Market Place","addressLocality":"Penrith","postalCode":"CA11 7YH"}}]'
        )
        + "<h1>Heron Hotels</h1><p>Heron House, 2 Lake Rd, Keswick, Cumbria CA12 5BX</p>",
        2,
    ),
    (
        "departments of one hospital at one address",
        _data(
            '{"@type":"Hospital","name":"Elm Park Hospital","address":{"@type":"PostalAddress","streetAddress":"500 Elm Park Drive","addressLocality":"Dayton","addressRegion":"OH","postalCode":"45402"},"department":[{"@type":"MedicalClinic","name":"Eyes","address":{"@type":"PostalAddress","streetAddress":"500 Elm Park Dr","addressLocality":"Dayton","addressRegion":"OH","postalCode":"45402"}},{"@type":"Pharmacy","name":"Pharmacy","address":{"@type":"PostalAddress","streetAddress":"512 Elm Park Drive","addressLocality":"Dayton","addressRegion":"OH","postalCode":"45402"}}]}'
        )
        + "<h1>Welcome</h1><p>500 Elm Park Drive, Dayton, OH 45402</p>",
        1,
    ),
    (
        "JSON-LD with an address as a string, twice",
        _data(
            '{"@type":"Restaurant","name":"Olive & Thyme","address":"15 Harbour Street, Whitby YO22 4AE"}'
        )
        + "<h1>Visit us</h1><p>15 Harbour Street<br>Whitby<br>North Yorkshire<br>YO22 4AE</p>",
        1,
    ),
    (
        "microdata with meta elements",
        '<div itemscope itemtype="http://schema.org/LocalBusiness"><h1 itemprop="name">Pereira Pneus</h1><div itemprop="address" itemscope itemtype="http://schema.org/PostalAddress"><meta itemprop="streetAddress" content="Rua do Almada 200"><meta itemprop="postalCode" content="4050-030"><meta itemprop="addressLocality" content="Porto"></div></div><p>Ligue-nos: 22 555 0199</p>',
        1,
    ),
    (
        "a table of American stores, one a row",
        "<h1>Stores</h1><table><tr><th>Store</th><th>Address</th><th>City</th><th>State</th><th>ZIP</th><th>Phone</th></tr><tr><td>#101</td><td>1400 Commerce Pkwy</td><td>Plano</td><td>TX</td><td>75074</td><td>972-555-0110</td></tr><tr><td>#102</td><td>220 N Main</td><td>Tulsa</td><td>OK</td><td>74103</td><td>918-555-0111</td></tr><tr><td>#103</td><td>9 Canyon Rd</td><td>Boise</td><td>ID</td><td>83702</td><td>208-555-0112</td></tr><tr><td>#104</td><td>6100 Peachtree Dunwoody</td><td>Atlanta</td><td>GA</td><td>30328</td><td>404-555-0113</td></tr></table>",
        4,
    ),
    (
        "depots by town only, as links",
        "<h1>Depots</h1><p>Find your nearest depot:</p><ul class='depots'><li><a href='/depots/derby'>Derby</a></li><li><a href='/depots/stoke-on-trent'>Stoke-on-Trent</a></li><li><a href='/depots/crewe'>Crewe</a></li><li><a href='/depots/telford'>Telford</a></li></ul><h2>Services</h2><ul><li>Skips</li><li>Grab hire</li><li>Aggregates</li></ul>",
        4,
    ),
    (
        "offices in one sentence",
        "<h1>About Fennel</h1><p>Founded in 2009. We have offices in Berlin, Lisbon, Austin and Melbourne.</p><p>We like cats, dogs, tea and bread.</p>",
        4,
    ),
    (
        "a list of points with coordinates and a name in attributes",
        '<h1>Salons</h1><div id="map" data-zoom="6"></div><ul><li class="marker" data-latitude="55.86" data-longitude="-4.25" data-name="Glasgow">Glasgow</li><li class="marker" data-latitude="55.95" data-longitude="-3.19" data-name="Edinburgh">Edinburgh</li></ul>',
        2,
    ),
    (
        "an hCard of the older kind and the same in the footer",
        '<div class="vcard"><a class="fn org url" href="/">Kestrel Press</a><div class="adr"><span class="street-address">Kestrel Works, 40 Albion Street</span>, <span class="locality">Salford</span>, <span class="postal-code">M5 4WX</span></div></div><footer><p>Kestrel Press Ltd, 40 Albion St, Salford M54WX</p></footer>',
        1,
    ),
    (
        "footer repeats the seat, German",
        "<h1>Impressum</h1><p>Birkenau Pumpen GmbH<br>Industriestr. 14a<br>D-74076 Heilbronn</p><p>Werk 2: Am Hafen 3, 68159 Mannheim</p><footer>Birkenau Pumpen GmbH · Industriestraße 14 a · 74076 Heilbronn · Tel. 07131 555010 · Amtsgericht Stuttgart HRB 100200 · USt-IdNr. DE 811 222 333</footer>",
        2,
    ),
    (
        "three suites of one tower are one place",
        "<h1>Our clinics</h1><p>Skin: 3000 Lakeside Blvd, Suite 110, Reno, NV 89509</p><p>Hair: 3000 Lakeside Boulevard, Suite 230, Reno, NV 89509</p><p>Nails: 3000 Lakeside Blvd. #310, Reno, Nevada 89509</p>",
        1,
    ),
    (
        "references by address",
        "<h1>Contact</h1><p>Alder Architects, 6 Wharf Street, Leeds LS2 7EQ</p><h2>Selected projects</h2><p>School, 10 Hill Road, Otley LS21 1AA</p><p>Library, 2 Green Lane, Ilkley LS29 8DZ</p>",
        1,
    ),
    (
        "courses and where they are held",
        "<h1>Training dates</h1><p>5 May, Hotel Linde, Bahnhofstraße 2, 97070 Würzburg</p><p>9 June, Stadthalle, Marktplatz 1, 35390 Gießen</p><h1>Kontakt</h1><p>Seilerweg 6, 36251 Bad Hersfeld</p>",
        1,
    ),
    (
        "dealers of a maker of stoves",
        "<h1>Contact</h1><p>Ember Stoves, Forge House, Station Road, Ledbury HR8 1AR</p><h2>Find a dealer</h2><p>Hearth & Home, 7 Bridge St, Hereford HR4 9DG</p><p>The Stove Shop, 41 Broad St, Leominster HR6 8BS</p>",
        1,
    ),
    (
        "Postfach and door, with postcodes of their own",
        "<h2>Anschrift</h2><p>Hausanschrift: Rheinallee 88, 55120 Mainz</p><p>Postanschrift: Postfach 25 01 00, 55054 Mainz</p>",
        1,
    ),
    (
        "countries as an index",
        "<h1>Worldwide</h1><ul><li><a href='/de'>Germany</a></li><li><a href='/fr'>France</a></li><li><a href='/it'>Italy</a></li><li><a href='/jp'>Japan</a></li><li><a href='/br'>Brazil</a></li></ul>",
        0,
    ),
    (
        "Japanese in Latin letters",
        "<h1>Offices</h1><p>Tokyo: Marunouchi Trust Tower 8F, 1-8-3 Marunouchi, Chiyoda-ku, Tokyo 100-0005 Japan</p><p>Fukuoka: 2-5-10 Tenjin, Chuo-ku, Fukuoka 810-0001, Japan</p>",
        2,
    ),
    (
        "Dutch sites, the visiting and the postal address of one",
        "<h2>Bezoekadres</h2><p>Havenweg 18<br>4433 AB Hoedekenskerke</p><h2>Vestiging Noord</h2><p>Industrieweg 7, 9403AB Assen</p><h2>Vestiging Oost</h2><p>Nijverheidsstraat 12, 7575 BK Oldenzaal</p>",
        3,
    ),
    (
        "Belgian and French shops with lower-case towns",
        "<p>Rue Neuve 12, 4000 Liège</p><p>Place du Marché 3 - 4900 Spa</p><p>5 rue des Halles, 59000 Lille</p>",
        3,
    ),
    (
        "Brazilian shop in a mall",
        "<p>Loja: Shopping Iguaçu, Av. Cívica, 300, loja 42 – Foz do Iguaçu – PR – 85863-720</p><p>CNPJ 12.345.678/0001-90</p>",
        1,
    ),
    (
        "Indian branches by state, one with a spaced code",
        "<p>Branch: 12/4, Residency Road, Bengaluru, Karnataka - 560 025</p><p>Branch: SCO 40, Sector 17-C, Chandigarh 160017</p><p>Branch: 5, Park Street, Kolkata-700016. Ph: 033-2229 0000</p><p>GSTIN 29ABCDE1234F1Z5</p>",
        3,
    ),
    (
        "Australian clinics, state in full and none",
        "<p>Shop 3, 210 Beach Road, Batemans Bay NSW 2536</p><p>1/55 Hay Street, Subiaco, Western Australia 6008</p><p>Level 2, 9 Grenfell St, Adelaide SA 5000</p><p>ABN 12 345 678 901</p>",
        3,
    ),
    (
        "a page of prices with numbers like postcodes",
        "<h1>Plans</h1><p>SE1 5000 calls, SW1 10000 calls. Code W1A 0AX? No: model W1A-0AX1. From 75004 EUR. PIN 1234.</p>",
        0,
    ),
    (
        "Irish offices, one without an Eircode",
        "<h2>Our offices</h2><p>Dublin: 5 Merrion Row, Dublin 2, D02 KP46</p><p>Galway: Unit 8, Liosban Business Park, Tuam Road, Galway</p>",
        2,
    ),
    (
        "the same street under two spellings in JSON-LD and microdata",
        _data(
            '{"@type":"LocalBusiness","name":"Tansy Florist","address":{"@type":"PostalAddress","streetAddress":"Hauptstr. 9","postalCode":"D-79098","addressLocality":"Freiburg im Breisgau"}}'
        )
        + '<div itemscope itemtype="https://schema.org/Florist"><div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="streetAddress">Hauptstraße 9</span>, <span itemprop="postalCode">79098</span> <span itemprop="addressLocality">Freiburg</span></div></div>',
        1,
    ),
    (
        "says it has many shops and lists two",
        "<h1>Shops</h1><p>With over 60 shops nationwide, one is near you.</p><p>Flagship: 100 Grafton Street, Bath BA1 2AB</p><p>Outlet: Unit 9, Clarks Road, Street BA16 0BB</p>",
        2,
    ),
)  # fmt: skip

AFTERWARDS = (
    (
        "JSON-LD of one café inside a WebPage, and an event",
        _data(
            '{"@type":"WebPage","about":{"@type":"CafeOrCoffeeShop","name":"Oat & Acorn","address":{"@type":"PostalAddress","streetAddress":"3 Canal Walk","addressLocality":"Hebden","postalCode":"HX7 8AD"}}}'
        )
        + _data(
            '{"@type":"MusicEvent","name":"Fiddle night","location":{"@type":"Place","address":{"@type":"PostalAddress","streetAddress":"9 Mill Lane","postalCode":"HX7 6AA"}}}'
        )
        + "<h1>Oat & Acorn</h1><p>3 Canal Walk, Hebden Bridge</p>",
        1,
    ),
    (
        "branches as headings with a telephone each",
        "<h1>Gorse Glass</h1><h2>Our Branches</h2><h3>Inverness</h3><p>Tel 01463 555 010</p><h3>Aberdeen</h3><p>Tel 01224 555 010</p><h3>Perth</h3><p>Tel 01738 555 010</p><h2>What we do</h2><h3>Windows</h3><h3>Doors</h3>",
        3,
    ),
    (
        "Standorte with one full address in the footer",
        "<h1>Über uns</h1><h2>Standorte</h2><ul><li>Bremen</li><li>Oldenburg</li><li>Leer</li></ul><footer><p>Deichmann-Ostfries Küchen GmbH, Wallstr. 17, 28195 Bremen</p></footer>",
        3,
    ),
    (
        "a table of French shops",
        "<h2>Nos magasins</h2><table><tr><th>Ville</th><th>Adresse</th><th>Code postal</th></tr><tr><td>Dijon</td><td>14 rue Musette</td><td>21000</td></tr><tr><td>Beaune</td><td>Place Carnot 3</td><td>21200</td></tr></table>",
        2,
    ),
    (
        "Polish and Czech offices",
        "<p>ul. Długa 44/50, 00-241 Warszawa</p><p>Rynek 7, 31-042 Kraków</p><p>Národní 25, 110 00 Praha 1, Česká republika</p>",
        3,
    ),
    (
        "numbers of employees by state",
        "<h1>Where our people work</h1><p>TX 75000, CA 92000 and NY 12000 jobs were made. OH 44000 of them in plants.</p>",
        0,
    ),
    (
        "suppliers named with addresses, seat in the footer",
        "<h1>Responsible sourcing</h1><h2>Suppliers</h2><p>Woolmill, 2 Dye Street, Halifax HX1 1UZ</p><p>Tannery, 11 Bark Lane, Beverley HU17 0AA</p><footer>Thistle Shoes Ltd, 80 High Street, Kendal LA9 4SH</footer>",
        1,
    ),
    (
        "Austrian seat in imprint and contact, spelled differently",
        "<h1>Kontakt</h1><p>Enzian Bau GmbH, Dr.-Karl-Renner-Straße 5, A-4600 Wels</p><h1>Impressum</h1><p>Enzian Bau Gesellschaft m.b.H.<br>Dr. Karl Renner Str. 5<br>4600 Wels</p>",
        1,
    ),
    (
        "Mexican and Colombian offices",
        "<p>Av. Insurgentes Sur 601, Nápoles, C.P. 03810 Ciudad de México</p><p>Calle 93 # 13-24, Bogotá, Colombia 110221</p>",
        2,
    ),
    (
        "offices in a sentence, one twice",
        "<h1>Press</h1><p>Sorrel has offices in Porto, Ghent, and Aarhus.</p><p>Sorrel, with offices in Porto, Ghent and Aarhus, makes pumps.</p>",
        3,
    ),
    (
        "New Zealand and an island",
        "<p>12 Customs Street East, Auckland 1010</p><p>8 Trafalgar Street, Nelson 7010, New Zealand</p>",
        2,
    ),
    (
        "American clinics, some with nine digits and a building name",
        "<h1>Locations</h1><p>Maple Medical Plaza<br>4th Floor<br>900 W. 5th Ave<br>Anchorage, AK 99501-2029</p><p>2751 DeBarr Rd, Suite 200<br>Anchorage AK, 99508</p><p>1400 Spenard</p><p>Fairbanks: 1919 Lathrop Street Fairbanks, Alaska 99701</p>",
        3,
    ),
    (
        "webinars and a sentence of customers",
        "<h1>Webinars</h1><p>10 May, online</p><p>Our software runs in shops in Rome, Milan and Turin.</p><p>Contact: Corso Italia 3, 50123 Firenze</p>",
        1,
    ),
    (
        "a postcode finder for customers",
        "<h1>Do we deliver to you?</h1><label>Postcode</label><input placeholder='e.g. BS1 4DJ'><p>We deliver to BS1, BS2, BA1 and GL12.</p><p>Farm: Hollow Farm, Marsh Lane, Yatton BS49 4EL</p>",
        1,
    ),
)  # fmt: skip

DEV = (
    (
        "Elementor page of physiotherapy clinics in Wisconsin, the main clinic again in the footer",
        r'''<!DOCTYPE html><html lang="en-US"><head><title>Our Locations - Larkspur Physical Therapy</title></head><body class="elementor-page">
<header><nav><a href="/">Home</a><a href="/services/">Services</a><a href="/locations/">Locations</a><a href="/careers/">Careers</a></nav><a href="tel:+16085550140">(608) 555-0140</a></header>
<section class="elementor-section"><div class="elementor-widget-heading"><h1 class="elementor-heading-title">Our Locations</h1></div><p>Convenient care close to home. Same-week appointments at every clinic.</p></section>
<section class="elementor-section"><div class="elementor-column"><div class="elementor-icon-box-content"><h3 class="elementor-icon-box-title"><span>Madison Downtown</span></h3><p class="elementor-icon-box-description">218 Wilson Terrace, Suite 100<br>Madison, WI 53703<br>Phone: (608) 555-0140<br>Fax: (608) 555-0141</p></div></div>
<div class="elementor-column"><div class="elementor-icon-box-content"><h3 class="elementor-icon-box-title"><span>Middleton</span></h3><p class="elementor-icon-box-description">7440 Parmenter Court<br>Middleton, WI 53562<br>Phone: (608) 555-0150</p></div></div>
<div class="elementor-column"><div class="elementor-icon-box-content"><h3 class="elementor-icon-box-title"><span>Sun Prairie</span></h3><p class="elementor-icon-box-description">1960 Windsor Crossing<br>Sun Prairie, WI 53590<br>Phone: (608) 555-0160</p></div></div>
<div class="elementor-column"><div class="elementor-icon-box-content"><h3 class="elementor-icon-box-title"><span>Verona</span></h3><p class="elementor-icon-box-description">415 Hometown Lane<br>Verona, WI 53593<br>Phone: (608) 555-0170</p></div></div>
<div class="elementor-column"><div class="elementor-icon-box-content"><h3 class="elementor-icon-box-title"><span>Fitchburg</span></h3><p class="elementor-icon-box-description">2901 Fish Hatchery Way, Ste B<br>Fitchburg, WI 53711<br>Phone: (608) 555-0180</p></div></div></section>
<footer><p>Larkspur Physical Therapy, S.C. &middot; 218 Wilson Ter., Ste. 100, Madison, WI 53703</p><p>&copy; 2024 Larkspur Physical Therapy. All rights reserved.</p></footer></body></html>''',
        5,
    ),
    (
        "Squarespace contact page of one pottery studio, told in prose",
        r'''<div class="sqs-layout"><div class="sqs-block html-block"><div class="sqs-block-content"><h1 style="white-space:pre-wrap;">Say hello</h1><p class="" style="white-space:pre-wrap;">The studio is at The Old Dairy, Leechwell Yard, Totnes TQ9 5SY, a three-minute walk up from the station. We are usually in from Wednesday to Saturday, 10&#8211;4, but do ring first.</p><p class="">07700 900118<br><a href="mailto:hello@sorrelpots.example">hello@sorrelpots.example</a></p></div></div><div class="sqs-block map-block" data-block-json="{&quot;location&quot;:{&quot;mapZoom&quot;:15,&quot;addressLine1&quot;:&quot;Leechwell Yard&quot;,&quot;addressLine2&quot;:&quot;Totnes, TQ9 5SY&quot;,&quot;addressCountry&quot;:&quot;United Kingdom&quot;}}"></div><div class="sqs-block form-block"><form><label>Name</label><input name="fname"><label>Message</label><textarea></textarea><input type="submit" value="Send"></form></div></div><footer><p>&copy; Sorrel Pots 2023</p></footer>''',
        1,
    ),
    (
        "Ingenieurbüro with six Standorte in Gutenberg columns, Zentrale again under Impressum data in the footer",
        r'''<main><h1 class="wp-block-heading">Unsere Standorte</h1><p>Mit kurzen Wegen zu Ihrem Bauvorhaben.</p>
<div class="wp-block-columns"><div class="wp-block-column"><h3>Dresden (Zentrale)</h3><p>Ingenieurbüro Wollschläger GmbH<br>Ostra-Ufer-Str. 27<br>01067 Dresden<br>Telefon: 0351 555 20-0<br>Telefax: 0351 555 20-99</p></div>
<div class="wp-block-column"><h3>Leipzig</h3><p>Nikolaistraße 61<br>04109 Leipzig<br>Telefon: 0341 555 31-0</p></div>
<div class="wp-block-column"><h3>Chemnitz</h3><p>Theaterplatz 14 b<br>09111 Chemnitz<br>Telefon: 0371 555 42-0</p></div></div>
<div class="wp-block-columns"><div class="wp-block-column"><h3>Erfurt</h3><p>Bahnhofstraße 98<br>99084 Erfurt<br>Telefon: 0361 555 53-0</p></div>
<div class="wp-block-column"><h3>Magdeburg</h3><p>Hegelstraße 71<br>39104 Magdeburg<br>Telefon: 0391 555 64-0</p></div>
<div class="wp-block-column"><h3>Cottbus</h3><p>Spreeufer 8<br>03046 Cottbus<br>Telefon: 0355 555 75-0</p></div></div></main>
<footer><p>Ingenieurbüro Wollschläger GmbH | Ostra-Ufer-Straße 27 | 01067 Dresden | Amtsgericht Dresden, HRB 41007 | USt-IdNr.: DE 140 000 771</p><a href="/impressum">Impressum</a> <a href="/datenschutz">Datenschutz</a></footer>''',
        6,
    ),
    (
        "French agencies of temporary work in an accordion of details elements",
        r'''<section class="agences"><h1>Nos agences d’intérim en Bretagne</h1><p>Poussez la porte de l’agence la plus proche.</p>
<details open><summary>Rennes</summary><p>12, quai de la Prévalaye<br>35000 Rennes<br>02 99 55 01 01<br>Du lundi au vendredi, 8h30-12h30 et 14h-18h</p></details>
<details><summary>Vitré</summary><p>3, rue Notre-Dame des Champs<br>35500 Vitré<br>02 99 55 01 02</p></details>
<details><summary>Saint-Brieuc</summary><p>41, boulevard Clemenceau<br>22000 Saint-Brieuc<br>02 96 55 01 03</p></details>
<details><summary>Vannes</summary><p>7 bis, rue du Commerce<br>56000 Vannes<br>02 97 55 01 04</p></details>
<details><summary>Lorient</summary><p>20, cours de Chazelles<br>56100 Lorient<br>02 97 55 01 05</p></details>
<details><summary>Quimper</summary><p>ZA de Kerlic, 2 allée des Ajoncs<br>29000 Quimper<br>02 98 55 01 06</p></details>
<details><summary>Brest</summary><p>115, rue de Lyon<br>29200 Brest<br>02 98 55 01 07</p></details></section>
<footer><p>Armor Emploi, SAS au capital de 150 000 € – RCS Rennes 812 000 345 – Garantie financière 2024</p></footer>''',
        7,
    ),
    (
        "Shopify page of candle shops, one of them opening soon",
        r'''<div class="shopify-section"><div class="page-width"><h1 class="main-page-title page-title h0">Visit our shops</h1></div></div>
<div class="multicolumn"><ul class="multicolumn-list grid"><li class="multicolumn-list__item"><div class="multicolumn-card__info"><h3>Portland, Pearl District</h3><div class="rte"><p>1127 NW Everline St</p><p>Portland, OR 97209</p><p>Mon–Sat 11–7, Sun 11–5</p></div></div></li>
<li class="multicolumn-list__item"><div class="multicolumn-card__info"><h3>Eugene</h3><div class="rte"><p>64 E Broadleaf Ave</p><p>Eugene, OR 97401</p><p>Daily 11–6</p></div></div></li>
<li class="multicolumn-list__item"><div class="multicolumn-card__info"><h3>Bend</h3><div class="rte"><p>930 NW Bondi St</p><p>Bend, OR 97703</p><p>Wed–Sun 10–6</p></div></div></li>
<li class="multicolumn-list__item"><div class="multicolumn-card__info"><h3>Salem — opening soon!</h3><div class="rte"><p>Our fourth shop is coming to downtown Salem in spring. Sign up to hear first.</p></div></div></li></ul></div>
<footer class="footer"><p>Free shipping on orders over $75</p><small>&copy; 2024, Tallow &amp; Wick. Powered by Shopify</small></footer>''',
        3,
    ),
    (
        "store page of a tyre chain in the Yext manner, three nearby shops of the same chain below",
        r'''<main class="Core"><nav class="Breadcrumbs"><ol><li><a href="/">All locations</a></li><li><a href="/tn">Tennessee</a></li><li><a href="/tn/knoxville">Knoxville</a></li><li><span>6410 Baum Hollow Dr</span></li></ol></nav>
<h1 class="Core-title"><span class="LocationName-brand">Treadwell Tire</span> <span class="LocationName-geo">Knoxville</span></h1>
<address class="c-address" itemscope itemtype="http://schema.org/PostalAddress"><div class="c-AddressRow"><span class="c-address-street-1" itemprop="streetAddress">6410 Baum Hollow Dr</span></div><div class="c-AddressRow"><span class="c-address-city" itemprop="addressLocality">Knoxville</span>, <abbr class="c-address-state" itemprop="addressRegion" title="Tennessee">TN</abbr> <span class="c-address-postal-code" itemprop="postalCode">37919</span></div></address>
<div class="Core-phone">(865) 555-0133</div><table class="c-hours-details"><tr><td>Mon</td><td>7:30 AM - 6:00 PM</td></tr><tr><td>Tue</td><td>7:30 AM - 6:00 PM</td></tr><tr><td>Sun</td><td>Closed</td></tr></table></main>
<section class="Nearby"><h2>Nearby Treadwell Tire stores</h2><article class="Teaser"><h3><a href="/tn/oak-ridge/118-melton">Oak Ridge</a></h3><address><div>118 Melton Valley Rd</div><div>Oak Ridge, TN 37830</div></address></article>
<article class="Teaser"><h3><a href="/tn/maryville/2205-w-lamar">Maryville</a></h3><address><div>2205 W Lamar Pike</div><div>Maryville, TN 37801</div></address></article>
<article class="Teaser"><h3><a href="/tn/sevierville/77-dolly">Sevierville</a></h3><address><div>77 Winfield Bend</div><div>Sevierville, TN 37862</div></address></article></section>''',
        4,
    ),
    (
        "Dutch administratiekantoor with three vestigingen, visiting and postal address of the first",
        r'''<div class="entry-content"><h1>Onze vestigingen</h1><h2>Zwolle</h2><p><strong>Bezoekadres</strong><br>Thorbeckegracht 118<br>8011 VN Zwolle</p><p><strong>Postadres</strong><br>Postbus 1240<br>8001 BE Zwolle</p><p>T 038 555 01 20</p><h2>Deventer</h2><p>Keizerstraat 301<br>7411 HH Deventer<br>T 0570 55 50 12</p><h2>Apeldoorn</h2><p>Deventerstraat 88-2<br>7311 LX Apeldoorn<br>T 055 555 01 22</p></div><footer>Hanzeborg Accountants B.V. – KvK 05010203 – BTW NL801234567B01 – IBAN NL00BANK0123456789</footer>''',
        3,
    ),
    (
        "Belgian office in both languages and a second one in Namur",
        r'''<h1>Contact</h1><div class="row"><div class="col-md-6"><h4>Bruxelles / Brussel</h4><p>Rue du Marteau 19 / Hamerstraat 19<br>1000 Bruxelles / Brussel</p><p>T +32 2 555 01 10</p></div><div class="col-md-6"><h4>Namur</h4><p>Avenue de la Plante 44<br>5000 Namur</p><p>T +32 81 55 01 11</p></div></div><p class="small">Lierneux &amp; Partners SRL/BV – TVA/BTW BE 0400.123.456 – RPM/RPR Bruxelles/Brussel</p>''',
        2,
    ),
    (
        "Austrian definition list of head office and Niederlassungen",
        r'''<h1>Niederlassungen</h1><dl class="standorte"><dt>Zentrale Graz</dt><dd>Grieskai 132, A-8010 Graz<br>Tel. +43 316 555 010</dd><dt>Niederlassung Leoben</dt><dd>Peter-Tunner-Gasse 41, A-8700 Leoben<br>Tel. +43 3842 555 01</dd><dt>Niederlassung Klagenfurt</dt><dd>Völkermarkter Ring 66/2. Stock, A-9020 Klagenfurt am Wörthersee<br>Tel. +43 463 555 010</dd><dt>Niederlassung Villach</dt><dd>Draulände 17, A-9500 Villach<br>Tel. +43 4242 555 01</dd></dl><p>Öffnungszeiten: Mo–Do 8.00–16.30 Uhr, Fr 8.00–13.00 Uhr</p><p>FN 123456 a, Landesgericht Graz, UID ATU12345678</p>''',
        4,
    ),
    (
        "Swiss table of shops with canton and telephone",
        r'''<h1>Filialen</h1><table class="tablepress"><thead><tr><th>Filiale</th><th>Adresse</th><th>Kanton</th><th>Telefon</th></tr></thead><tbody><tr><td>Bern</td><td>Aarbergergasse 73, 3011 Bern</td><td>BE</td><td>031 555 01 01</td></tr><tr><td>Thun</td><td>Bälliz 102, 3600 Thun</td><td>BE</td><td>033 555 01 02</td></tr><tr><td>Biel/Bienne</td><td>Nidaugasse 90, 2502 Biel</td><td>BE</td><td>032 555 01 03</td></tr><tr><td>Solothurn</td><td>Gurzelngasse 51, 4500 Solothurn</td><td>SO</td><td>032 555 01 04</td></tr><tr><td>Olten</td><td>Baslerstrasse 144, 4600 Olten</td><td>SO</td><td>062 555 01 05</td></tr></tbody></table><p>Alle Filialen: Montag bis Freitag 9–18.30 Uhr, Samstag 9–16 Uhr. MWST CHE-123.456.789</p>''',
        5,
    ),
    (
        "Spanish delegations in Elementor tabs, each tab title also a mobile title",
        r'''<h2>Dónde estamos</h2><div class="elementor-tabs"><div class="elementor-tabs-wrapper" role="tablist"><div class="elementor-tab-title elementor-tab-desktop-title"><a>Madrid</a></div><div class="elementor-tab-title elementor-tab-desktop-title"><a>Zaragoza</a></div><div class="elementor-tab-title elementor-tab-desktop-title"><a>Sevilla</a></div><div class="elementor-tab-title elementor-tab-desktop-title"><a>Valladolid</a></div></div>
<div class="elementor-tabs-content-wrapper"><div class="elementor-tab-title elementor-tab-mobile-title"><a>Madrid</a></div><div class="elementor-tab-content"><p><strong>Sede central</strong></p><p>Calle Orense Nueva, 58, planta 3.ª<br>28020 Madrid</p><p>Tel. 915 550 101</p></div>
<div class="elementor-tab-title elementor-tab-mobile-title"><a>Zaragoza</a></div><div class="elementor-tab-content"><p>Avda. de la Ribera, 113, local 2<br>50015 Zaragoza</p><p>Tel. 976 550 102</p></div>
<div class="elementor-tab-title elementor-tab-mobile-title"><a>Sevilla</a></div><div class="elementor-tab-content"><p>C/ Economía, 9, módulo 12<br>41020 Sevilla</p><p>Tel. 955 550 103</p></div>
<div class="elementor-tab-title elementor-tab-mobile-title"><a>Valladolid</a></div><div class="elementor-tab-content"><p>Paseo de los Jesuitas, 21, bajo<br>47008 Valladolid</p><p>Tel. 983 550 104</p></div></div></div><p>CIF B-12345678. Inscrita en el Registro Mercantil de Madrid, tomo 28001, folio 12, hoja M-410020.</p>''',
        4,
    ),
    (
        "Italian @graph of an organisation and its three shops, the shops also in the page",
        r'''<html lang="it"><head><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","@id":"https://cartoleriafenice.example/#website","name":"Cartoleria Fenice"},{"@type":"Organization","@id":"https://cartoleriafenice.example/#org","name":"Cartoleria Fenice","address":{"@type":"PostalAddress","streetAddress":"Via dei Cartai 11","postalCode":"40121","addressLocality":"Bologna","addressCountry":"IT"}},{"@type":"Store","name":"Fenice Bologna","parentOrganization":{"@id":"https://cartoleriafenice.example/#org"},"address":{"@type":"PostalAddress","streetAddress":"Via dei Cartai, 11","postalCode":"40121","addressLocality":"Bologna","addressRegion":"BO"}},{"@type":"Store","name":"Fenice Modena","address":{"@type":"PostalAddress","streetAddress":"Rua del Torrazzo 6","postalCode":"41121","addressLocality":"Modena","addressRegion":"MO"}},{"@type":"Store","name":"Fenice Parma","address":{"@type":"PostalAddress","streetAddress":"Borgo delle Stampe 30","postalCode":"43121","addressLocality":"Parma","addressRegion":"PR"}}]}</script></head><body><h1>I nostri negozi</h1><div class="negozio"><h2>Bologna</h2><p>Via dei Cartai 11 – 40121 Bologna</p><p>lun–sab 9.30–13 / 15.30–19.30</p></div><div class="negozio"><h2>Modena</h2><p>Rua del Torrazzo 6 – 41121 Modena</p></div><div class="negozio"><h2>Parma</h2><p>Borgo delle Stampe 30 – 43121 Parma</p></div></body></html>''',
        3,
    ),
    (
        "Swedish offices, each with a visiting address and some with a Box",
        r'''<h1>Kontakta oss</h1><div class="kontor"><h3>Göteborg – huvudkontor</h3><p>Besöksadress: Stora Badhusbacken 24<br>411 21 Göteborg</p><p>Postadress: Box 3120, 400 10 Göteborg</p><p>Telefon 031-55 01 00</p></div><div class="kontor"><h3>Borås</h3><p>Besöksadress: Allégatan 77, 503 37 Borås</p><p>Telefon 033-55 01 01</p></div><div class="kontor"><h3>Jönköping</h3><p>Besöksadress: Barnarpsgatan 112, 553 33 Jönköping</p><p>Postadress: Box 880, 551 18 Jönköping</p></div><div class="kontor"><h3>Växjö</h3><p>Besöksadress: Linnégatan 54 A, 352 33 Växjö</p></div><p>Org.nr 556000-1234. Bankgiro 123-4567.</p>''',
        4,
    ),
    (
        "Norwegian departments by town with a telephone each",
        r'''<h1>Våre avdelinger</h1><p>Fjordvent AS er Vestlandets ventilasjonsfirma. Ring avdelingen nærmest deg:</p><ul class="avdelinger"><li><strong>Bergen</strong> – tlf. 55 50 01 10</li><li><strong>Voss</strong> – tlf. 56 50 01 11</li><li><strong>Odda</strong> – tlf. 53 50 01 12</li><li><strong>Haugesund</strong> – tlf. 52 50 01 13</li><li><strong>Stavanger</strong> – tlf. 51 50 01 14</li><li><strong>Førde</strong> – tlf. 57 50 01 15</li></ul><p>Vakttelefon hele døgnet: 800 55 001</p><footer>Org.nr. 912 345 678 MVA</footer>''',
        6,
    ),
    (
        "Danish shops as cards with a link to a route",
        r'''<h1>Find din butik</h1><div class="grid"><div class="shop"><h2>Aarhus</h2><p>Guldsmedhaven 31, 8000 Aarhus C</p><a href="https://maps.example/?q=Guldsmedhaven+31">Find vej</a></div><div class="shop"><h2>Odense</h2><p>Vestergravene 19, 5000 Odense C</p><a href="https://maps.example/?q=Vestergravene+19">Find vej</a></div><div class="shop"><h2>Aalborg</h2><p>Algade Øst 7, st. tv., 9000 Aalborg</p><a href="https://maps.example/?q=Algade+Øst+7">Find vej</a></div><div class="shop"><h2>Kolding</h2><p>Låsbyplads 4, 6000 Kolding</p><a href="https://maps.example/?q=Låsbyplads+4">Find vej</a></div><div class="shop"><h2>Vejle</h2><p>Nørretorv 62, 7100 Vejle</p><a href="https://maps.example/?q=Nørretorv+62">Find vej</a></div></div><p>Åbningstider i alle butikker: man–fre 10–17.30, lør 10–14</p><footer>Rødgran Legetøj ApS · CVR 12 34 56 78</footer>''',
        5,
    ),
    (
        "Finnish toimipisteet, one with a building name",
        r'''<h1>Toimipisteet</h1><p><b>Tampere</b><br>Kelloportinkuja 9 B<br>33100 Tampere<br>puh. 03 555 0110</p><p><b>Turku</b><br>Linnakulma, 2. krs<br>Humalistonpolku 15<br>20100 Turku<br>puh. 02 555 0111</p><p><b>Oulu</b><br>Kirkkotori 3<br>90100 Oulu<br>puh. 08 555 0112</p><p>Tilitoimisto Havupuu Oy, Y-tunnus 1234567-8</p>''',
        3,
    ),
    (
        "Polish table of eight oddziały",
        r'''<h1>Oddziały</h1><table border="1" cellpadding="4"><tr><td><b>Miasto</b></td><td><b>Adres</b></td><td><b>Telefon</b></td></tr><tr><td>Gdańsk (centrala)</td><td>ul. Kotwiczników 18, 80-881 Gdańsk</td><td>58 555 01 01</td></tr><tr><td>Gdynia</td><td>ul. Hutnicza Boczna 4, 81-061 Gdynia</td><td>58 555 01 02</td></tr><tr><td>Olsztyn</td><td>ul. Lubelska 143, 10-408 Olsztyn</td><td>89 555 01 03</td></tr><tr><td>Toruń</td><td>Szosa Bydgoska Dolna 52, 87-100 Toruń</td><td>56 555 01 04</td></tr><tr><td>Bydgoszcz</td><td>ul. Fordońska 498, 85-790 Bydgoszcz</td><td>52 555 01 05</td></tr><tr><td>Szczecin</td><td>ul. Pomorska 155, 70-812 Szczecin</td><td>91 555 01 06</td></tr><tr><td>Poznań</td><td>ul. Obornicka 377, 60-689 Poznań</td><td>61 555 01 07</td></tr><tr><td>Łódź</td><td>al. Włókniarek 201, 91-065 Łódź</td><td>42 555 01 08</td></tr></table><p>NIP 583-000-12-34, REGON 190000123, KRS 0000123456, kapitał zakładowy 500 000 zł</p>''',
        8,
    ),
    (
        "Indian company, the registered and corporate office named apart at one address, five branches",
        r'''<h2>Reach Us</h2><div class="contact-card"><h4>Corporate Office</h4><p>3rd Floor, Gulmohar House, Senapati Lane, Shivajinagar, Pune - 411005, Maharashtra</p><p>Tel: +91 20 5550 1100</p></div><div class="contact-card"><h4>Regd. Office</h4><p>Gulmohar House, 3rd Floor, Senapati Lane, Shivaji Nagar, Pune 411 005</p><p>CIN: U12345MH1998PTC123456</p></div><h2>Branches</h2><div class="contact-card"><h4>Nashik</h4><p>Shop 14, Canada Chowk, College Road, Nashik - 422005</p></div><div class="contact-card"><h4>Nagpur</h4><p>201, Orange Square, Wardha Road, Dhantoli, Nagpur - 440012</p></div><div class="contact-card"><h4>Indore</h4><p>B-7, Race Course Arcade, New Palasia, Indore (M.P.) - 452001</p></div><div class="contact-card"><h4>Ahmedabad</h4><p>405, Sabar Complex, Opp. Municipal Garden, Navrangpura, Ahmedabad - 380009</p></div><div class="contact-card"><h4>Hyderabad</h4><p>6-3-1111/B, Begum Arcade, Somajiguda, Hyderabad - 500082, Telangana</p></div>''',
        6,
    ),
    (
        "Brazilian clinics with CEP and WhatsApp",
        r'''<section id="unidades"><h2>Nossas Unidades</h2><div class="unidade"><h3>Campinas – Cambuí</h3><p>Rua das Paineiras Altas, 455<br>Cambuí – Campinas/SP<br>CEP 13025-150</p><p>WhatsApp (19) 95555-0101</p></div><div class="unidade"><h3>Jundiaí</h3><p>Av. Nove de Julho Velha, 1780, sala 12<br>Anhangabaú – Jundiaí/SP<br>CEP 13208-056</p></div><div class="unidade"><h3>Sorocaba</h3><p>Rua Antônio Soares Lima, 92<br>Vergueiro – Sorocaba/SP<br>CEP 18030-070</p></div><div class="unidade"><h3>Ribeirão Preto</h3><p>Av. Professor Fiuza, 2301<br>Alto da Boa Vista – Ribeirão Preto/SP<br>CEP 14025-310</p></div></section><footer>Sorriso Claro Odontologia Ltda. – CNPJ 01.234.567/0001-89 – CRO-SP 12345</footer>''',
        4,
    ),
    (
        "Mexican sucursales of a paint shop",
        r'''<h1>Sucursales</h1><div class="sucursal"><strong>Centro</strong><br>Calle Pedro Moreno Sur 812, Col. Centro, 44100 Guadalajara, Jal.<br>Tel. 33 5550 0101</div><div class="sucursal"><strong>Chapalita</strong><br>Av. Guadalupe Alta 1290, Col. Chapalita, C.P. 45040 Zapopan, Jal.<br>Tel. 33 5550 0102</div><div class="sucursal"><strong>Tlaquepaque</strong><br>Blvd. Marcelino Barro 330, Centro, 45500 San Pedro Tlaquepaque, Jal.</div><div class="sucursal"><strong>Tonalá</strong><br>Av. Tonaltecas Norte 95-B, 45400 Tonalá, Jal.</div><div class="sucursal"><strong>Vallarta</strong><br>Francisco Medina Azcona 2010, Col. Versalles, 48310 Puerto Vallarta, Jal.</div><p>Horario: lunes a viernes 8:30 a 19:00, sábado 9:00 a 15:00</p>''',
        5,
    ),
    (
        "Japanese company outline table with head office, branch, works and Tokyo office",
        r'''<h1>会社概要</h1><table class="company"><tr><th>会社名</th><td>株式会社瀬戸川精機</td></tr><tr><th>設立</th><td>1968年4月1日</td></tr><tr><th>資本金</th><td>5,000万円</td></tr><tr><th>従業員数</th><td>142名</td></tr><tr><th>本社</th><td>〒730-0011 広島県広島市中区基町99-3<br>TEL 082-555-0101 / FAX 082-555-0102</td></tr><tr><th>岡山営業所</th><td>〒700-0901 岡山県岡山市北区本町88-1 駅前ビル5階<br>TEL 086-555-0103</td></tr><tr><th>福山工場</th><td>〒721-0956 広島県福山市箕沖町120-7<br>TEL 084-555-0104</td></tr><tr><th>東京事務所</th><td>〒101-0047 東京都千代田区内神田9-9-9<br>TEL 03-5550-0105</td></tr><tr><th>取引銀行</th><td>地方銀行 広島支店</td></tr></table>''',
        4,
    ),
    (
        "Singapore outlets of a noodle shop with unit numbers",
        r'''<h1>Our Outlets</h1><ul class="outlets"><li><h4>Tampines</h4>10 Tampines Hub Rise, #02-41, Singapore 528771<br>11am – 9.30pm daily</li><li><h4>Bedok</h4>311 Bedok Mall Link, #B1-07, Singapore 467350</li><li><h4>Jurong East</h4>50 Jurong Gate Square, #03-18/19, Singapore 608549</li><li><h4>Ang Mo Kio</h4>Blk 7208 Ang Mo Kio Ave 8, #01-4021, S(560720)</li><li><h4>Raffles Place</h4>9 Battery Walk, #01-02, Singapore 049910<br>Mon–Fri 10.30am – 8pm</li><li><h4>Woodlands</h4>1 Woodlands Junction, #04-11, Singapore 738100</li></ul><p>UEN 201412345K. Halal certified.</p>''',
        6,
    ),
    (
        "Australian optometrists on a Wix page",
        r'''<div id="comp-kz1" class="wixui-rich-text"><h2 class="font_2">Our practices</h2></div><div class="wixui-rich-text"><p class="font_8"><span style="font-weight:bold">Geelong</span></p><p class="font_8">Shop 4, 188 Malop Lane</p><p class="font_8">Geelong VIC 3220</p><p class="font_8">(03) 5550 1101</p></div><div class="wixui-rich-text"><p class="font_8"><span style="font-weight:bold">Ballarat</span></p><p class="font_8">27 Sturt Parade</p><p class="font_8">Ballarat Central VIC 3350</p><p class="font_8">(03) 5550 1102</p></div><div class="wixui-rich-text"><p class="font_8"><span style="font-weight:bold">Bendigo</span></p><p class="font_8">1/94 Mitchell Rise</p><p class="font_8">Bendigo VIC 3550</p><p class="font_8">(03) 5550 1103</p></div><div class="wixui-rich-text"><p class="font_7">&#8203;</p><p class="font_7">© 2022 Goldfield Eyecare Pty Ltd. ABN 98 765 432 109</p></div>''',
        3,
    ),
    (
        "Canadian engineers, the page in both languages one after the other",
        r'''<h1>Our offices / Nos bureaux</h1><section lang="en"><h2>Offices</h2><p><b>Ottawa</b><br>410-99 Sparks Landing, Ottawa, ON K1P 5B9</p><p><b>Montreal</b><br>1200 De Maisonrouge Blvd. West, Suite 1510, Montreal, QC H3B 4W5</p><p><b>Quebec City</b><br>55 Grande Allée Place, Québec, QC G1R 2J5</p><p><b>Moncton</b><br>720 Main Wharf, Moncton, NB E1C 1E6</p></section><section lang="fr"><h2>Bureaux</h2><p><b>Ottawa</b><br>99, Sparks Landing, bureau 410, Ottawa (Ontario) K1P 5B9</p><p><b>Montréal</b><br>1200, boul. De Maisonrouge Ouest, bureau 1510, Montréal (Québec) H3B 4W5</p><p><b>Québec</b><br>55, place Grande Allée, Québec (Québec) G1R 2J5</p><p><b>Moncton</b><br>720, Main Wharf, Moncton (Nouveau-Brunswick) E1C 1E6</p></section>''',
        4,
    ),
    (
        "twelve branches across Ohio, said and listed by town",
        r'''<h1>Branches</h1><p>Buckley Equipment Rental serves contractors from 12 branches across Ohio.</p><div class="cols"><ul><li><a href="/branches/akron">Akron</a></li><li><a href="/branches/canton">Canton</a></li><li><a href="/branches/chillicothe">Chillicothe</a></li><li><a href="/branches/dayton">Dayton</a></li></ul><ul><li><a href="/branches/findlay">Findlay</a></li><li><a href="/branches/lima">Lima</a></li><li><a href="/branches/mansfield">Mansfield</a></li><li><a href="/branches/marietta">Marietta</a></li></ul><ul><li><a href="/branches/newark">Newark</a></li><li><a href="/branches/sandusky">Sandusky</a></li><li><a href="/branches/toledo">Toledo</a></li><li><a href="/branches/zanesville">Zanesville</a></li></ul></div><h2>Equipment</h2><ul><li>Skid steers</li><li>Trenchers</li><li>Light towers</li></ul>''',
        12,
    ),
    (
        "number said, none listed: nine showrooms in the South West",
        r'''<h1>About Pennick Kitchens</h1><p>Pennick has been making kitchens by hand since 1974. Today we employ 210 people and run nine showrooms across the South West, every one of them with a working kitchen to try.</p><p>Ask for our 128-page brochure, free by post.</p><footer>Pennick Kitchens Ltd. Registered in England no. 01234567. VAT 123 4567 89.</footer>''',
        9,
    ),
    (
        "remote company with nobody in an office",
        r'''<main><h1>About us</h1><p>Loomtree is a team of 31 people in 14 countries. We have been remote from day one, so there is no headquarters to visit: our people work from home in places such as Lisbon, Nairobi, Austin and Tartu.</p><h2>How we meet</h2><p>Twice a year we all fly to one town for a week. So far: Split, Girona, Kraków and Tbilisi.</p><h2>Contact</h2><p>Write to <a href="mailto:team@loomtree.example">team@loomtree.example</a>.</p></main>''',
        0,
    ),
    (
        "American law firm, offices named in prose only",
        r'''<div class="content"><h1>Hollister Vance &amp; Oake, PLLC</h1><p>Our attorneys represent families and small businesses throughout North Carolina from our offices in Raleigh, Durham and Wilmington. Consultations are free; call (919) 555-0128 any time.</p><h2>Practice areas</h2><ul><li>Estate planning</li><li>Real estate</li><li>Business formation</li><li>Probate</li></ul><h2>Results</h2><p>$1,250,000 settlement, 2019. $480,000 verdict, 2021.</p><p><small>Attorney advertising. Prior results do not guarantee a similar outcome.</small></p></div>''',
        3,
    ),
    (
        "German maker with two works and a list of distributors abroad",
        r'''<h1>Kontakt</h1><h2>Hauptsitz</h2><p>Kranich Ventile GmbH &amp; Co. KG<br>Industriepark Ost 12<br>73430 Aalen</p><h2>Werk II</h2><p>Schmiedeweg 5<br>73479 Ellwangen</p><h2>Vertriebspartner weltweit</h2><table><tr><td><b>Dänemark</b></td><td>Nordflow A/S, Industrivej 40, 8260 Viby J</td></tr><tr><td><b>Frankreich</b></td><td>Vannes Lambert SARL, 22 rue des Frères Lumen, 69680 Chassieu</td></tr><tr><td><b>Italien</b></td><td>Valvotec S.r.l., Via Breda 101, 20126 Milano</td></tr><tr><td><b>Polen</b></td><td>Zawór-Tech Sp. z o.o., ul. Handlowa 9, 41-200 Sosnowiec</td></tr><tr><td><b>Türkei</b></td><td>Anadolu Vana A.Ş., Organize San. Bölgesi 3. Cad. No. 8, 16140 Bursa</td></tr></table>''',
        2,
    ),
    (
        "software firm with case studies of clinics and schools, one office",
        r'''<h1>Customer stories</h1><article><h3>Fernhill Surgery, 14 Orchard Rise, Taunton TA1 3PF</h3><p>Cut missed appointments by 38%.</p></article><article><h3>St Aidan’s Primary, Church Lane, Wells BA5 2QX</h3><p>Parents now book evenings online.</p></article><article><h3>Mendip Physio, 3 Bath Street, Frome BA11 1DJ</h3><p>Went live in 9 days.</p></article><footer><div><b>Slotwise Ltd</b><br>2nd Floor, Gloucester House, 61 Queen Charlotte Row, Bristol BS1 4HQ<br>0117 496 0101</div></footer>''',
        1,
    ),
    (
        "two own offices and a roadshow at hotels",
        r'''<h1>Meet us</h1><h2>Roadshow 2024</h2><table><tr><th>Date</th><th>Venue</th></tr><tr><td>6 March</td><td>Grand Fletcher Hotel, 300 Nicollet Row, Minneapolis, MN 55401</td></tr><tr><td>13 March</td><td>Lakeside Convention Center, 1 Harbor Plaza, Milwaukee, WI 53202</td></tr><tr><td>20 March</td><td>Hotel Corvina, 811 Locust Way, Des Moines, IA 50309</td></tr></table><h2>Our offices</h2><p><strong>St. Paul</strong><br>445 Minnesota Landing, Suite 1500<br>St. Paul, MN 55101</p><p><strong>Fargo</strong><br>118 Broadway Ct N<br>Fargo, ND 58102</p>''',
        2,
    ),
    (
        "job advertisements by town, one office under contact",
        r'''<h1>Careers at Brightmoor Care</h1><div class="job"><h3>Care assistant</h3><span class="loc">Location: Stockport</span><span class="pay">£11.80 per hour</span></div><div class="job"><h3>Senior carer</h3><span class="loc">Location: Bolton</span><span class="pay">£12.95 per hour</span></div><div class="job"><h3>Night carer</h3><span class="loc">Location: Oldham</span><span class="pay">£13.10 per hour</span></div><div class="job"><h3>Field supervisor</h3><span class="loc">Location: Bury</span><span class="pay">£27,500</span></div><p>All our carers work in clients’ own homes.</p><h2>Apply</h2><p>Send your CV to our office: Brightmoor Care, Unit 6, Weaver’s Court, Rochdale OL16 1PQ, or ring 01632 960 114.</p>''',
        1,
    ),
    (
        "bookshop that closed one of its three shops",
        r'''<h1>Our shops</h1><h2>Hay-on-Wye</h2><p>9 Lion Passage, Hay-on-Wye HR3 5AB. Open every day.</p><h2>Ludlow</h2><p>27 Quality Row, Ludlow SY8 1BZ. Closed on Mondays.</p><h2>Leominster (now closed)</h2><p>Our Leominster shop at 4 Drapers Close closed for good in January 2023. Thank you to everybody who came. Both other shops will happily take your tokens.</p>''',
        2,
    ),
    (
        "one restaurant, written four ways: text, JSON-LD, map frame and footer",
        r'''<script type="application/ld+json">{"@context":"https://schema.org","@type":"Restaurant","name":"Saffron Larder","servesCuisine":"Persian","priceRange":"$$","telephone":"+1-512-555-0109","address":{"@type":"PostalAddress","streetAddress":"2210 South Congdon Ave #B","addressLocality":"Austin","addressRegion":"TX","postalCode":"78704","addressCountry":"US"},"geo":{"@type":"GeoCoordinates","latitude":"30.2425","longitude":"-97.7516"}}</script><h1>Hours &amp; Location</h1><p>2210 S. Congdon Avenue, Unit B<br>Austin, Texas 78704</p><iframe src="https://www.google.com/maps/embed/v1/place?q=2210+S+Congdon+Ave,+Austin,+TX+78704"></iframe><p>Tuesday–Sunday 5–10 pm</p><footer>Saffron Larder | 2210 S Congdon Ave | Austin TX 78704 | 512.555.0109</footer>''',
        1,
    ),
    (
        "three units on two estates, two of them under one postcode",
        r'''<h1>Find us</h1><div><h3>Trade counter</h3><p>Unit 3 Speedwell Industrial Estate<br>Barnsley<br>S71 3HT</p></div><div><h3>Paint workshop</h3><p>Unit 17 Speedwell Industrial Estate<br>Barnsley<br>S71 3HT</p></div><div><h3>Sheffield depot</h3><p>40 Attercliffe Sidings<br>Sheffield<br>S9 3QS</p></div><p>Sat nav users: do not follow the postcode past the level crossing.</p>''',
        3,
    ),
    (
        "offices round the Gulf without any postcode",
        r'''<h1>Our Offices</h1><div class="office"><h3>Dubai</h3><p>Office 1904, Al Manara Tower, Business Bay<br>P.O. Box 40411<br>Dubai, UAE</p></div><div class="office"><h3>Abu Dhabi</h3><p>Mezzanine Floor, Corniche House, Khalidiya<br>Abu Dhabi, UAE</p></div><div class="office"><h3>Doha</h3><p>Building 12, Street 840, Zone 45<br>Doha, Qatar</p></div><div class="office"><h3>Muscat</h3><p>Villa 2217, Way 3021, Shatti Al Qurum<br>Muscat, Sultanate of Oman</p></div>''',
        4,
    ),
    (
        "agency with five studios in the footer columns of a portfolio page",
        r'''<h1>Selected work</h1><article><h2>Rebranding a ferry line</h2><p>Oslo to Kiel, thirty-six hours of type.</p></article><article><h2>A museum that whispers</h2><p>Signage for a quiet building in Porto.</p></article><footer class="site-footer"><div class="studio"><h6>Copenhagen</h6><p>Flæsketorvet Vest 12<br>1711 København V</p></div><div class="studio"><h6>Hamburg</h6><p>Neuer Pickhuben 5<br>20457 Hamburg</p></div><div class="studio"><h6>London</h6><p>88 Leonard Mews<br>London EC2A 4RD</p></div><div class="studio"><h6>New York</h6><p>310 Bowery Court, 4th Fl<br>New York, NY 10012</p></div><div class="studio"><h6>Tokyo</h6><p>2-99-4 Ebisu-nishi, Shibuya-ku<br>Tokyo 150-0021</p></div></footer>''',
        5,
    ),
    (
        "RDFa of two French bakeries",
        r'''<h1>Nos boulangeries</h1><div vocab="https://schema.org/" typeof="Bakery"><h2 property="name">Le Pétrin de Jade – Centre</h2><div property="address" typeof="PostalAddress"><span property="streetAddress">18 rue de l’Écritoire</span><br><span property="postalCode">51100</span> <span property="addressLocality">Reims</span></div><time property="openingHours" datetime="Tu-Su 06:30-19:30">du mardi au dimanche, 6h30–19h30</time></div><div vocab="https://schema.org/" typeof="Bakery"><h2 property="name">Le Pétrin de Jade – Tinqueux</h2><div property="address" typeof="PostalAddress"><span property="streetAddress">2 avenue du 29 Août</span><br><span property="postalCode">51430</span> <span property="addressLocality">Tinqueux</span></div></div>''',
        2,
    ),
    (
        "microdata of four nurseries with hours in numbers",
        r'''<h1>Our nurseries</h1><ul><li itemscope itemtype="https://schema.org/ChildCare"><h2 itemprop="name">Acorns at Alton</h2><p itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="streetAddress">5 Butts Green</span>, <span itemprop="addressLocality">Alton</span>, <span itemprop="postalCode">GU34 1RE</span></p><meta itemprop="openingHours" content="Mo-Fr 07:30-18:30"></li><li itemscope itemtype="https://schema.org/ChildCare"><h2 itemprop="name">Acorns at Fleet</h2><p itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="streetAddress">61 Reading Way</span>, <span itemprop="addressLocality">Fleet</span>, <span itemprop="postalCode">GU51 4AD</span></p></li><li itemscope itemtype="https://schema.org/ChildCare"><h2 itemprop="name">Acorns at Hook</h2><p itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="streetAddress">The Old Forge, Station Lane</span>, <span itemprop="addressLocality">Hook</span>, <span itemprop="postalCode">RG27 9HU</span></p></li><li itemscope itemtype="https://schema.org/ChildCare"><h2 itemprop="name">Acorns at Farnham</h2><p itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="streetAddress">130 Weydon Hill</span>, <span itemprop="addressLocality">Farnham</span>, <span itemprop="postalCode">GU9 8NP</span></p></li></ul>''',
        4,
    ),
    (
        "two map frames whose addresses stand only in the frames' addresses",
        r'''<h1>Unsere Studios</h1><h2>Gym Altstadt</h2><iframe title="Karte" width="600" height="450" src="https://www.google.com/maps?q=Kr%C3%A4merbr%C3%BCckengasse+9,+99084+Erfurt&amp;output=embed"></iframe><p>Täglich 6–23 Uhr</p><h2>Gym Nord</h2><iframe title="Karte" width="600" height="450" src="https://www.google.com/maps?q=Magdeburger+Allee+277,+99086+Erfurt&amp;output=embed"></iframe><p>Rund um die Uhr</p>''',
        2,
    ),
    (
        "store data in a script and the same five shops as a list",
        r'''<h1>Store locator</h1><script>window.__STORES__ = [{"id":1,"name":"Halifax","addr":"1590 Argyle Mews","city":"Halifax","prov":"NS","pc":"B3J 2B3","lat":44.648,"lng":-63.575},{"id":2,"name":"Dartmouth","addr":"90 Alderney Landing Rd","city":"Dartmouth","prov":"NS","pc":"B2Y 4W1","lat":44.665,"lng":-63.567},{"id":3,"name":"Truro","addr":"612 Prince Row","city":"Truro","prov":"NS","pc":"B2N 1G3","lat":45.365,"lng":-63.28},{"id":4,"name":"New Glasgow","addr":"188 Provost Lane","city":"New Glasgow","prov":"NS","pc":"B2H 2P8","lat":45.588,"lng":-62.645},{"id":5,"name":"Sydney","addr":"274 Charlotte Ct","city":"Sydney","prov":"NS","pc":"B1P 1C7","lat":46.138,"lng":-60.194}];</script><div id="map"></div><ol class="store-list"><li><b>Halifax</b> 1590 Argyle Mews, Halifax NS B3J 2B3 <a>Directions</a></li><li><b>Dartmouth</b> 90 Alderney Landing Rd, Dartmouth NS B2Y 4W1 <a>Directions</a></li><li><b>Truro</b> 612 Prince Row, Truro NS B2N 1G3 <a>Directions</a></li><li><b>New Glasgow</b> 188 Provost Lane, New Glasgow NS B2H 2P8 <a>Directions</a></li><li><b>Sydney</b> 274 Charlotte Ct, Sydney NS B1P 1C7 <a>Directions</a></li></ol>''',
        5,
    ),
    (
        "driving school with fifteen teaching rooms, a street and a quarter each, all in Berlin",
        r'''<h1>15 x in Berlin</h1><ul class="filialen"><li>Mitte, Ackerzeile 14, 10115 Berlin</li><li>Wedding, Müllerstraße 301, 13349 Berlin</li><li>Pankow, Florawinkel 8, 13187 Berlin</li><li>Weißensee, Berliner Allee 412, 13088 Berlin</li><li>Lichtenberg, Möllendorffring 66, 10367 Berlin</li><li>Marzahn, Landsberger Bogen 21, 12679 Berlin</li><li>Köpenick, Bölschehof 5, 12587 Berlin</li><li>Treptow, Kiefholzweg 190, 12435 Berlin</li><li>Neukölln, Hermannzeile 77, 12051 Berlin</li><li>Tempelhof, Mariendorfer Damm 288, 12107 Berlin</li><li>Steglitz, Albrechtwinkel 40, 12167 Berlin</li><li>Zehlendorf, Teltower Damm 160, 14167 Berlin</li><li>Charlottenburg, Kantgasse 91, 10625 Berlin</li><li>Spandau, Carl-Schurz-Hof 3, 13597 Berlin</li><li>Reinickendorf, Residenzring 12, 13409 Berlin</li></ul><p>Büro: täglich 15–18 Uhr in jeder Filiale. Intensivkurs ab 1.990 €.</p>''',
        15,
    ),
    (
        "bakery with twenty-two Fachgeschäfte in a plain list by town",
        r'''<h1>Unsere Fachgeschäfte</h1><p>Frisch gebacken, jeden Morgen.</p><h3>Landkreis Ansbach</h3><p>91522 Ansbach, Martin-Luther-Ring 4<br>91522 Ansbach, Rettistraße 61<br>91555 Feuchtwangen, Marktgasse 19<br>91550 Dinkelsbühl, Segringer Tor 2<br>91541 Rothenburg, Galgenzeile 33<br>91560 Heilsbronn, Hauptstraße 70<br>91575 Windsbach, Retzendorfer Weg 1<br>91567 Herrieden, Vogtei 8</p><h3>Stadt und Landkreis Fürth</h3><p>90762 Fürth, Königswarter Platz 12<br>90763 Fürth, Schwabacher Allee 180<br>90766 Fürth, Würzburger Zeile 455<br>90513 Zirndorf, Nürnberger Hof 9<br>90522 Oberasbach, Rothenburger Ring 22<br>90556 Cadolzburg, Marktplatz 44</p><h3>Nürnberg</h3><p>90402 Nürnberg, Königstorgraben 15<br>90409 Nürnberg, Pirckheimerhof 29<br>90429 Nürnberg, Fürther Zeile 201<br>90443 Nürnberg, Gostenhofer Gasse 16<br>90459 Nürnberg, Wölckernhof 55<br>90471 Nürnberg, Glogauer Ring 6<br>90482 Nürnberg, Laufamholzer Weg 118<br>90491 Nürnberg, Äußere Sulzbacher Zeile 140</p>''',
        22,
    ),
    (
        "two restaurants and a catering kitchen",
        r'''<div class="w-layout-grid"><div><h2>Bivalve</h2><div class="text-block">204 Commercial Wharf<br>Portland, ME 04101</div><div>Dinner, Wed–Sun</div></div><div><h2>Bivalve Raw Bar</h2><div class="text-block">39 Main Quay<br>Damariscotta, ME 04543</div><div>Lunch and dinner, May–October</div></div><div><h2>Catering kitchen</h2><div class="text-block">12 Thompson's Yard, Bay 3<br>South Portland, ME 04106</div><div>Pick-up by appointment</div></div></div><div class="footer"><div>Oysters from $3.25. Gift cards from $25 to $500.</div></div>''',
        3,
    ),
    (
        "hotel group with four houses, stars and prices",
        r'''<h1>Our hotels</h1><div class="hotel"><h3>Albergo Torre Bianca ****</h3><p>Lungolago Manzoni 40, 37018 Malcesine (VR)</p><p>da € 145 a notte</p></div><div class="hotel"><h3>Albergo Le Palme ***S</h3><p>Via dei Limonai 7, 25010 Limone sul Garda (BS)</p><p>da € 118 a notte</p></div><div class="hotel"><h3>Residence Ulivo</h3><p>Via Gardesana Vecchia 211, 37011 Bardolino (VR)</p><p>da € 92 a notte</p></div><div class="hotel"><h3>Villa Serena *****</h3><p>Corso Zanardi 19, 25083 Gardone Riviera (BS)</p><p>da € 310 a notte</p></div><p>CIR 017102-ALB-00001</p>''',
        4,
    ),
    (
        "car dealer, sales, service and parts of one yard listed apart, and a second yard",
        r'''<h1>Hours &amp; Directions</h1><div class="dept"><h3>Sales</h3><p>4400 Auto Mall Circle, Fremont, NE 68025</p><p>(402) 555-0111</p><p>Mon-Sat 8:00am - 7:00pm</p></div><div class="dept"><h3>Service</h3><p>4400 Auto Mall Circle, Fremont, NE 68025</p><p>(402) 555-0112</p><p>Mon-Fri 7:00am - 5:30pm</p></div><div class="dept"><h3>Parts</h3><p>4400 Auto Mall Cir, Fremont NE 68025</p><p>(402) 555-0113</p></div><div class="dept"><h3>Pre-Owned Outlet</h3><p>915 E 23rd Pl, Columbus, NE 68601</p><p>(402) 555-0114</p></div>''',
        2,
    ),
    (
        "depots with coordinates instead of streets",
        r'''<h1>Our quarries</h1><p>The sites have no street address; please use the coordinates.</p><ul><li>Blackcraig Quarry, near Dumfries – 55.1012, -3.7128</li><li>Whinfell Quarry, near Shap – 54.4551, -2.6603</li><li>Hareshaw Quarry, near Bellingham – 55.1527, -2.2411</li></ul><p>Weighbridges open 06:30–16:30.</p>''',
        3,
    ),
    (
        "telephone numbers of branches only",
        r'''<h1>Call your local branch</h1><div class="phones"><p>Reading branch: <a href="tel:01184960101">0118 496 0101</a></p><p>Newbury branch: <a href="tel:01632960102">01632 960102</a></p><p>Swindon branch: <a href="tel:01632960103">01632 960103</a></p><p>Oxford branch: <a href="tel:01632960104">01632 960104</a></p><p>Basingstoke branch: <a href="tel:01632960105">01632 960105</a></p></div><p>Out of hours: 0808 157 0199</p>''',
        5,
    ),
    (
        "plumber with a list of areas covered and one address",
        r'''<h1>Areas we cover</h1><p>We are happy to come to you anywhere in and around:</p><ul><li>Harrogate</li><li>Knaresborough</li><li>Ripon</li><li>Wetherby</li><li>Ilkley</li><li>Otley</li><li>Skipton</li></ul><h2>Contact</h2><p>Dales Plumbing &amp; Heating, 8 Starbeck Works, Harrogate HG2 7JL. Gas Safe 501234.</p>''',
        1,
    ),
    (
        "store finder before a search",
        r'''<h1>Store finder</h1><form class="finder"><label for="q">Town or postcode</label><input id="q" placeholder="e.g. 8001 or Zürich"><select><option>10 km</option><option>25 km</option><option>50 km</option></select><button>Search</button></form><div class="results" aria-live="polite"><p>Enter a place to see the stores near you.</p></div><p>Customer service: 0800 555 010, Monday to Friday 8000 calls a week answered.</p>''',
        0,
    ),
    (
        "German group with its companies under Standorte der Gruppe",
        r'''<h1>Standorte der Unternehmensgruppe</h1><div class="standort"><strong>Hagedorn Holding GmbH</strong><br>Kaiserwall 20<br>45657 Recklinghausen</div><div class="standort"><strong>Hagedorn Stahlbau GmbH</strong><br>Zechenring 101<br>45701 Herten</div><div class="standort"><strong>Hagedorn Montage GmbH</strong><br>Zechenring 103<br>45701 Herten</div><div class="standort"><strong>Hagedorn Polska Sp. z o.o.</strong><br>ul. Stalowa Górna 15<br>44-100 Gliwice, Polen</div>''',
        4,
    ),
    (
        "press release with a boilerplate about offices",
        r'''<article><p>DENVER, Oct. 3 — Quarrylight, the maker of permit software, today said that the cities of Boise, Idaho and Chandler, Arizona now issue permits with its product.</p><p>“Boise has waited a long time for this,” said the city’s clerk.</p><h2>About Quarrylight</h2><p>Founded in 2013, Quarrylight is headquartered in Denver, with further offices in London and Pune. More than 300 cities use its software.</p><p>Media contact: press@quarrylight.example, 303-555-0177</p></article>''',
        3,
    ),
    (
        "number said, none listed: German care service at sieben Standorten",
        r'''<h1>Wir stellen uns vor</h1><p>Der Pflegedienst Sonnwend wurde 1994 gegründet. Heute betreuen 320 Mitarbeiterinnen und Mitarbeiter an 7 Standorten in Oberschwaben rund 1.400 Menschen.</p><p>Unser Leitbild: Würde, Nähe, Verlässlichkeit.</p><p>Rufen Sie uns an: 0800 555 0170 (kostenfrei)</p>''',
        7,
    ),
    (
        "former and present address of an office that moved",
        r'''<h1>We’ve moved!</h1><p>From 1 September you will find us at our new office:</p><p><strong>Carrick Surveyors<br>Floor 4, Linen Exchange<br>28 Adelaide Row<br>Belfast BT2 8GD</strong></p><p>Please no longer use our old address, 115 Holywood Parade, Belfast BT4 3BE. Phone numbers and e-mails stay the same.</p>''',
        1,
    ),
    (
        "Spanish opticians in a table without a head, hours beside",
        r'''<h2>Nuestras ópticas</h2><table><tr><td>Óptica Visor Gijón</td><td>C/ Corrida Baja, 33 - 33206 Gijón</td><td>10:00-13:30 / 16:30-20:00</td></tr><tr><td>Óptica Visor Oviedo</td><td>C/ Uría Nueva, 58 - 33003 Oviedo</td><td>10:00-14:00 / 17:00-20:30</td></tr><tr><td>Óptica Visor Avilés</td><td>Plaza del Pescado, 2 - 33402 Avilés</td><td>10:00-13:30 / 16:30-20:00</td></tr></table><p>Todas las ópticas cierran domingos y festivos.</p>''',
        3,
    ),
    (
        "school of languages with a campus in each of four countries, JSON-LD with subOrganization as well",
        r'''<script type="application/ld+json">{"@context":"https://schema.org","@type":"EducationalOrganization","name":"Parlance School of English","subOrganization":[{"@type":"EducationalOrganization","name":"Parlance Brighton","address":{"@type":"PostalAddress","streetAddress":"44 Regency Lawns","addressLocality":"Brighton","postalCode":"BN1 2FH","addressCountry":"GB"}},{"@type":"EducationalOrganization","name":"Parlance Dublin","address":{"@type":"PostalAddress","streetAddress":"7 Fitzwilliam Gardens","addressLocality":"Dublin 2","addressCountry":"IE"}},{"@type":"EducationalOrganization","name":"Parlance Malta","address":{"@type":"PostalAddress","streetAddress":"93 Triq il-Gardell","addressLocality":"Sliema","postalCode":"SLM 1204","addressCountry":"MT"}},{"@type":"EducationalOrganization","name":"Parlance Vancouver","address":{"@type":"PostalAddress","streetAddress":"550 Hornby Walk","addressLocality":"Vancouver","addressRegion":"BC","postalCode":"V6C 2E7","addressCountry":"CA"}}]}</script><h1>Four schools by the sea</h1><div class="card"><h3>Brighton</h3><p>44 Regency Lawns, BN1 2FH</p></div><div class="card"><h3>Dublin</h3><p>7 Fitzwilliam Gardens, Dublin 2</p></div><div class="card"><h3>Malta</h3><p>93 Triq il-Gardell, Sliema</p></div><div class="card"><h3>Vancouver</h3><p>550 Hornby Walk, V6C 2E7</p></div>''',
        4,
    ),
    (
        "Irish garden centre, one site, long directions that name other towns and roads",
        r'''<h1>How to find us</h1><p>Ballyvane Garden Centre, Kilmacow Road, Ballyvane, Co. Kilkenny, R95 X2D4</p><p><b>From Dublin:</b> take the M9 to junction 11, then the N24 towards Carrick-on-Suir. <b>From Cork:</b> follow the N25 to Waterford, cross the bridge and turn left after 400 m. <b>From Wexford:</b> stay on the N25 through New Ross.</p><p>Open 9.00–17.30, Sundays 12.00–17.30. Café closes at 17.00.</p>''',
        1,
    ),
    (
        "brewery with taprooms, and pubs that pour its beer",
        r'''<h1>Drink our beer</h1><h2>Our taprooms</h2><ul><li><b>Brewery Tap</b>, Unit 1 Kelham Sidings, Sheffield S3 8RW</li><li><b>The Little Coal</b>, 16 Division Row, Sheffield S1 4GE</li></ul><h2>On draught elsewhere</h2><p>You will also meet our beer in these fine free houses:</p><ul><li>The Plough, 2 Castleton Road, Hope S33 6RS</li><li>The Anchor Inn, Main Road, Tideswell SK17 8RB</li><li>The Grapes, 80 Trippet Street, Rotherham S60 1EY</li></ul>''',
        2,
    ),
    (
        "Dutch sentence: een kantoor in three towns",
        r'''<h1>Over ons</h1><p>Vlietstra Advocaten is al veertig jaar een begrip in Friesland. Onze kantoren vindt u in Leeuwarden, Drachten en Sneek. Negentien advocaten staan voor u klaar.</p><h2>Rechtsgebieden</h2><p>Arbeidsrecht, huurrecht, familierecht en letselschade.</p><p>Bel ons gerust: 058 555 01 10</p>''',
        3,
    ),
    (
        "Indian coaching centres in an accordion by state, head office among them and again in the footer",
        r'''<div class="accordion"><h3 class="accordion-header">Tamil Nadu</h3><div class="accordion-body"><p><b>Chennai (Head Office)</b><br>New No. 40, Old No. 17, Arcot Main Road, Vadapalani, Chennai – 600 026</p><p><b>Coimbatore</b><br>1st Floor, 212 Cross Cut Lane, Gandhipuram, Coimbatore – 641 012</p><p><b>Madurai</b><br>88, Bypass Main, SS Colony, Madurai – 625 016</p></div><h3 class="accordion-header">Kerala</h3><div class="accordion-body"><p><b>Kochi</b><br>39/2811, Ravipuram Cross, Ernakulam, Kochi – 682 016</p><p><b>Thiruvananthapuram</b><br>TC 14/902, Pattom Junction, Thiruvananthapuram – 695 004</p></div><h3 class="accordion-header">Karnataka</h3><div class="accordion-body"><p><b>Mysuru</b><br>#1120, Kalidasa Main, VV Mohalla, Mysuru – 570 002</p></div></div><footer>Vidyut Academy, 40 (Old 17), Arcot Main Rd, Vadapalani, Chennai 600026 | 044-5550 0110 | Batches from ₹ 24,500</footer>''',
        6,
    ),
)  # fmt: skip
