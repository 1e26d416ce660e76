"""Sketches of pages that tell where companies are, each with the number of own places that a person would count.

Companies, streets and pages are made up here. `OPEN` were looked at while the rules were extended; `CLOSED` were written on
the same day, before the rules were touched, and only counted until the rules stood; `AFTERWARDS` when they stood. What
was then found wrong was mended, so none of them is held out any more: docs/benchmarks.md has the figures of before.
`DEV` were written without sight of them when those rules stood: half of them were looked into, the others nearly all only
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

# Sixty that were sealed until the program was done and counted once (.617 exact); since then the first half was looked
# into while towns without postcodes were taught, the second only counted, though its misses had been named.
EXAM = (
    (
        "credit union table with lobby and drive-through hours, one row a branch, address and town in one cell",
        r'''<h1>Branch hours &amp; locations</h1><table class="wp-block-table"><thead><tr><th>Branch</th><th>Lobby</th><th>Drive-thru</th></tr></thead><tbody><tr><td><strong>Main Office</strong><br>700 Higgins Crossing<br>Missoula, MT 59802</td><td>M–F 9–5</td><td>M–F 8–6, Sat 9–1</td></tr><tr><td><strong>Reserve Street</strong><br>2405 S Reserve Pl<br>Missoula, MT 59801</td><td>M–F 9–5</td><td>M–F 8–6, Sat 9–1</td></tr><tr><td><strong>Hamilton</strong><br>118 Ravalli Fork Rd<br>Hamilton, MT 59840</td><td>M–F 9–5</td><td>None</td></tr><tr><td><strong>Polson</strong><br>49 Flathead Lake Dr<br>Polson, MT 59860</td><td>M–F 9–4:30</td><td>M–F 8:30–5:30</td></tr></tbody></table><p>Routing number 292900001. Federally insured by NCUA up to $250,000.</p>''',
        4,
    ),
    (
        "British estate agent, sales and lettings teams of each office written as two cards",
        r'''<h1>Our branches</h1><div class="team-card"><h3>Ely – Sales</h3><p>22 Forehill Yard, Ely CB7 4ZA</p><p>01632 960 211</p></div><div class="team-card"><h3>Ely – Lettings</h3><p>22 Forehill Yard, Ely CB7 4ZA</p><p>01632 960 212</p></div><div class="team-card"><h3>Newmarket – Sales</h3><p>6 Wellington Paddock, Newmarket CB8 0HX</p><p>01632 960 213</p></div><div class="team-card"><h3>Newmarket – Lettings</h3><p>6 Wellington Paddock, Newmarket CB8 0HX</p><p>01632 960 214</p></div><div class="team-card"><h3>Land &amp; New Homes</h3><p>Barn 2, Quy Court Farm, Cambridge CB25 9AJ</p><p>01632 960 215</p></div>''',
        3,
    ),
    (
        "Impressum of a tax adviser with a Zweigstelle, the chamber and the insurer with addresses of their own",
        r'''<h1>Impressum</h1><p>Angaben gemäß § 5 DDG</p><p>Brandauer Steuerberatungsgesellschaft mbH<br>Luitpoldzeile 12<br>86150 Augsburg</p><p>Zweigstelle:<br>Untere Marktgasse 3<br>86316 Friedberg</p><p>Telefon: 0821 55501-0</p><p><b>Zuständige Kammer:</b><br>Steuerberaterkammer München, Nederlinger Platz 99, 80638 München</p><p><b>Berufshaftpflichtversicherung:</b><br>Allgemeine Vermögensschaden AG, Königinring 200, 80802 München</p><p>Registergericht Augsburg, HRB 20202</p>''',
        2,
    ),
    (
        "car dealer with nav tabs of Bootstrap, opening hours of sale and workshop apart",
        r'''<ul class="nav nav-tabs"><li class="active"><a data-toggle="tab" href="#uelzen">Uelzen</a></li><li><a data-toggle="tab" href="#lueneburg">Lüneburg</a></li><li><a data-toggle="tab" href="#celle">Celle</a></li></ul><div class="tab-content"><div id="uelzen" class="tab-pane active"><h3>Autohaus Rieckmann Uelzen</h3><p>Hambrocker Chaussee 41<br>29525 Uelzen</p><p>Verkauf: Mo–Fr 08:00–18:30, Sa 09:00–14:00<br>Werkstatt: Mo–Fr 07:00–17:30</p></div><div id="lueneburg" class="tab-pane"><h3>Autohaus Rieckmann Lüneburg</h3><p>Auf der Hude Nord 9<br>21339 Lüneburg</p><p>Verkauf: Mo–Fr 09:00–18:30<br>Werkstatt: Mo–Fr 07:30–17:00</p></div><div id="celle" class="tab-pane"><h3>Autohaus Rieckmann Celle</h3><p>Hannoversche Heerstraße 315<br>29227 Celle</p><p>Verkauf: Mo–Fr 09:00–18:00</p></div></div>''',
        3,
    ),
    (
        "Austrian Filialfinder of the Uberall kind, results with distances",
        r'''<div class="uberall-locator"><input value="Wien" aria-label="PLZ oder Ort"><ul class="location-list"><li class="location-item"><h4>Feinkost Lindmayr Neubau</h4><span class="street">Lindenzeile 31</span> <span class="zip">1070</span> <span class="city">Wien</span><span class="distance">0,8 km</span><span class="open">Jetzt geöffnet · schließt um 19:00</span></li><li class="location-item"><h4>Feinkost Lindmayr Josefstadt</h4><span class="street">Laudonhof 12</span> <span class="zip">1080</span> <span class="city">Wien</span><span class="distance">1,1 km</span></li><li class="location-item"><h4>Feinkost Lindmayr Landstraße</h4><span class="street">Landstraßer Bogen 96</span> <span class="zip">1030</span> <span class="city">Wien</span><span class="distance">2,9 km</span></li><li class="location-item"><h4>Feinkost Lindmayr Hietzing</h4><span class="street">Lainzer Zeile 8</span> <span class="zip">1130</span> <span class="city">Wien</span><span class="distance">5,2 km</span></li><li class="location-item"><h4>Feinkost Lindmayr Döbling</h4><span class="street">Döblinger Hof 60</span> <span class="zip">1190</span> <span class="city">Wien</span><span class="distance">5,6 km</span></li><li class="location-item"><h4>Feinkost Lindmayr Mödling</h4><span class="street">Brühler Gasse 17</span> <span class="zip">2340</span> <span class="city">Mödling</span><span class="distance">16,4 km</span></li><li class="location-item"><h4>Feinkost Lindmayr Klosterneuburg</h4><span class="street">Stadtplatz 25a</span> <span class="zip">3400</span> <span class="city">Klosterneuburg</span><span class="distance">11,7 km</span></li></ul></div>''',
        7,
    ),
    (
        "Swiss trustee with a card in the language of each place",
        r'''<div class="offices"><div><h3>Zürich</h3><p>Fidarium AG<br>Talackerhof 50<br>8001 Zürich<br>Telefon +41 44 555 01 01</p></div><div><h3>Lausanne</h3><p>Fidarium SA<br>Chemin de Mornex-Dessus 9<br>Case postale 480<br>1001 Lausanne<br>Téléphone +41 21 555 01 02</p></div><div><h3>Lugano</h3><p>Fidarium SA<br>Via Pretorio Vecchio 22<br>6900 Lugano<br>Telefono +41 91 555 01 03</p></div></div>''',
        3,
    ),
    (
        "French table without head of eight shops of a florist",
        r'''<h1>Nos boutiques</h1><table class="boutiques"><tr><td>Nice Libération</td><td>31, avenue Malaussène Haute</td><td>06000 Nice</td><td>04 93 55 01 01</td></tr><tr><td>Nice Port</td><td>8, quai Papacino Neuf</td><td>06300 Nice</td><td>04 93 55 01 02</td></tr><tr><td>Antibes</td><td>15, rue de la Pompe aux Herbes</td><td>06600 Antibes</td><td>04 93 55 01 03</td></tr><tr><td>Cannes</td><td>102, rue d’Antibes Prolongée</td><td>06400 Cannes</td><td>04 93 55 01 04</td></tr><tr><td>Grasse</td><td>1, place aux Aires Basses</td><td>06130 Grasse</td><td>04 93 55 01 05</td></tr><tr><td>Menton</td><td>44, rue Partouneaux Vieille</td><td>06500 Menton</td><td>04 93 55 01 06</td></tr><tr><td>Vence</td><td>6, avenue des Poilus d’Azur</td><td>06140 Vence</td><td>04 93 55 01 07</td></tr><tr><td>Cagnes-sur-Mer</td><td>70, boulevard de la Plage Est</td><td>06800 Cagnes-sur-Mer</td><td>04 93 55 01 08</td></tr></table>''',
        8,
    ),
    (
        "French lawyers, a principal and a secondary office",
        r'''<article><h1>Le cabinet</h1><p>Inscrit au barreau de Bordeaux, le cabinet Maître Delphine Aubrac vous reçoit sur rendez-vous.</p><p><strong>Cabinet principal</strong> : 21 cours de l’Intendant, 3<sup>e</sup> étage droite, 33000 Bordeaux – Toque 1120</p><p><strong>Cabinet secondaire</strong> : 5 place de la Halle, 33500 Libourne</p><p>Honoraires : premier rendez-vous 90 € TTC. Le tribunal judiciaire de Bordeaux siège 30 rue des Frères Bonie.</p></article>''',
        2,
    ),
    (
        "French sentence: présents à four towns",
        r'''<div class="hero"><h1>Architectes d’intérieur en Rhône-Alpes</h1><p>L’atelier Mirabel, ce sont 24 personnes et quatre agences : Lyon, Grenoble, Annecy et Chambéry.</p></div><div class="chiffres"><span>24 collaborateurs</span><span>310 projets</span><span>15 ans</span></div><p>Dernières réalisations : un hôtel à Megève, une brasserie à Valence, des bureaux à Saint-Étienne.</p>''',
        4,
    ),
    (
        "Spanish shops on Squarespace with a timetable in twenty-four hours",
        r'''<div class="sqs-block-content"><h2>Tiendas</h2><p><strong>Bilbao</strong><br>Alameda Urbieta 24<br>48009 Bilbao<br>L–S 10:30–14:00 / 17:00–20:30</p><p><strong>Donostia</strong><br>Calle San Marcial Bajo 7<br>20005 Donostia-San Sebastián<br>L–S 10:30–20:00</p><p><strong>Vitoria</strong><br>Calle Postas Nuevas 36<br>01001 Vitoria-Gasteiz<br>L–S 10:30–14:00 / 17:00–20:30</p><p><strong>Pamplona</strong><br>Avenida Carlos Tercero 19<br>31004 Pamplona<br>L–S 10:30–20:30</p><p><strong>Logroño</strong><br>Calle Portales del Ebro 52<br>26001 Logroño<br>M–S 11:00–20:00</p></div><p>Envío gratis desde 60 €. Cambios en 30 días.</p>''',
        5,
    ),
    (
        "Italian firm with sede legale, sede operativa and magazzino at three addresses",
        r'''<div class="contatti"><h1>Contatti</h1><div class="box"><h4>Sede legale</h4><p>Piazza della Libertà Nuova 2<br>33100 Udine (UD)</p></div><div class="box"><h4>Sede operativa e uffici</h4><p>Via del Lavoro 75/A<br>33080 Porcia (PN)</p><p>Tel. 0434 555010</p></div><div class="box"><h4>Magazzino</h4><p>Z.I. Ponterosso, Strada 9, capannone 3<br>33078 San Vito al Tagliamento (PN)</p><p>Ricevimento merci 7.30–11.30</p></div></div><footer>Friultecna S.r.l. – Cap. soc. € 33.100,00 i.v. – C.F. e P.IVA 01234560935 – Codice SDI M5UXCR1</footer>''',
        3,
    ),
    (
        "ten Italian points of sale, town first in capitals, street after a dash",
        r'''<h2>PUNTI VENDITA</h2><p>TORINO - Via Nizza Vecchia 140<br>TORINO - Corso Vercelli Alto 88<br>MONCALIERI - Strada Carignano 57<br>RIVOLI - Viale Colli 21<br>CHIERI - Via Vittorio 9<br>IVREA - Corso Botta 13<br>PINEROLO - Via Lequio 30<br>CUNEO - Corso Nizza 102<br>ALBA - Via Maestra 41<br>ASTI - Corso Alfieri 355</p><p>Orario: 9.00 - 12.30 / 15.30 - 19.30. Chiuso il lunedì mattina.</p>''',
        10,
    ),
    (
        "Dutch cheese shops, a table of hours under each address, and a weekly market stall",
        r'''<h1>Winkels en openingstijden</h1><section><h2>Alkmaar</h2><p>Waagsteeg 4, 1811 JP Alkmaar</p><table><tr><td>ma</td><td>13.00–18.00</td></tr><tr><td>di–za</td><td>9.00–18.00</td></tr></table></section><section><h2>Hoorn</h2><p>Grote Noordzijde 61, 1621 KG Hoorn</p><table><tr><td>di–za</td><td>9.00–17.30</td></tr></table></section><section><h2>Haarlem</h2><p>Botermarkthof 12 rd, 2011 XK Haarlem</p><table><tr><td>ma–za</td><td>9.30–18.00</td></tr><tr><td>zo</td><td>12.00–17.00</td></tr></table></section><section><h2>Markt</h2><p>Iedere vrijdag staan wij ook met een kraam op de markt in Purmerend.</p></section>''',
        3,
    ),
    (
        "Flemish insurance offices as cards with a route link",
        r'''<div class="kantoren"><article><h3>Kantoor Hasselt</h3><p>Koning Boudewijnplein 5 bus 2, 3500 Hasselt</p><p><a href="https://route.example/hasselt">Route</a> · <a href="tel:+3211555001">011 55 50 01</a></p></article><article><h3>Kantoor Genk</h3><p>Molenblok 31, 3600 Genk</p><p><a href="https://route.example/genk">Route</a> · <a href="tel:+3289555002">089 55 50 02</a></p></article><article><h3>Kantoor Tongeren</h3><p>Maastrichterpoort 118, 3700 Tongeren</p><p><a href="https://route.example/tongeren">Route</a></p></article><article><h3>Kantoor Sint-Truiden</h3><p>Stapelplaats 7, 3800 Sint-Truiden</p><p><a href="https://route.example/st">Route</a></p></article></div><p>FSMA 012345 A – RPR Antwerpen, afd. Hasselt</p>''',
        4,
    ),
    (
        "Swedish list of eleven orter under Här finns vi",
        r'''<h1>Här finns vi</h1><p>Välj ort för öppettider och kontaktpersoner.</p><nav class="orter"><a href="/kiruna">Kiruna</a><a href="/lulea">Luleå</a><a href="/skelleftea">Skellefteå</a><a href="/umea">Umeå</a><a href="/ornskoldsvik">Örnsköldsvik</a><a href="/sundsvall">Sundsvall</a><a href="/ostersund">Östersund</a><a href="/gavle">Gävle</a><a href="/falun">Falun</a><a href="/borlange">Borlänge</a><a href="/karlstad">Karlstad</a></nav><h2>Våra tjänster</h2><nav><a>Takläggning</a><a>Snöskottning</a><a>Besiktning</a></nav>''',
        11,
    ),
    (
        "Norwegian contact page with visiting, delivery and invoice address of one office and a second office",
        r'''<h1>Kontakt</h1><h3>Hovedkontor Tromsø</h3><p>Besøksadresse: Strandskillet 22, 9008 Tromsø<br>Postadresse: Postboks 411, 9254 Tromsø<br>Fakturaadresse: Postboks 9900, 7400 Trondheim (skannes)</p><h3>Avdeling Bodø</h3><p>Besøksadresse: Sjøgata Nord 15, 8006 Bodø</p><p>Org.nr. 987 654 321 MVA</p>''',
        2,
    ),
    (
        "Danish vets, a contact block in a sidebar with CVR",
        r'''<aside><h4>Dyrlægerne Bakken</h4><p><b>Silkeborg Klinik</b><br>Vestre Ringhøj 41<br>8600 Silkeborg<br>Tlf. 86 55 01 10</p><p><b>Kjellerup Klinik</b><br>Søndergade 112 B<br>8620 Kjellerup<br>Tlf. 86 55 01 11</p><p><b>Hestehospitalet</b><br>Funder Bygade 3<br>8600 Silkeborg<br>Tlf. 86 55 01 12</p><p>CVR-nr. 87654321</p></aside><main><h1>Vaccination af din hund</h1><p>Fra 495 kr. Gentages hvert år.</p></main>''',
        3,
    ),
    (
        "Finnish car washes by chain page, one street each with town, no postcode",
        r'''<h2>Pesupaikat</h2><ul><li>Espoo, Suomalaistentori 4</li><li>Vantaa, Tikkurilankuja 150</li><li>Lahti, Hollolanpolku 22</li><li>Kuopio, Leväsenkaari 9</li></ul><p>Pikapesu 14,90 €, käsinpesu 39 €. Avoinna 24/7.</p>''',
        4,
    ),
    (
        "Polish furniture salons, one of them about to open",
        r'''<h1>Nasze salony</h1><div class="salon"><h3>Wrocław</h3><p>ul. Krakowska Stara 180, 52-015 Wrocław<br>pon.–sob. 10–20</p></div><div class="salon"><h3>Opole</h3><p>ul. Wrocławska Boczna 9, 45-837 Opole<br>pon.–sob. 10–19</p></div><div class="salon"><h3>Katowice</h3><p>al. Roździeńska 200, 40-315 Katowice<br>pon.–sob. 10–20</p></div><div class="salon"><h3>Rzeszów</h3><p>ul. Podkarpacka Górna 61, 35-082 Rzeszów<br>pon.–sob. 10–19</p></div><div class="salon soon"><h3>Lublin</h3><p>Wkrótce otwarcie! Zapraszamy od jesieni.</p></div>''',
        4,
    ),
    (
        "Indian IT firm, global presence grid with Indian centres and two abroad",
        r'''<section><h2>Our Global Presence</h2><div class="grid"><div><img src="/in.svg" alt="India"><h5>Bengaluru (HQ)</h5><p>Tower B, 7th Floor, Palm Grove Tech Park, Outer Ring Road, Marathahalli, Bengaluru 560037</p></div><div><img src="/in.svg" alt="India"><h5>Noida</h5><p>A-88, Sector 63, Noida, Uttar Pradesh 201301</p></div><div><img src="/in.svg" alt="India"><h5>Kolkata</h5><p>Silver Lake Block, Unit 1106, Sector V, Salt Lake, Kolkata 700091</p></div><div><img src="/us.svg" alt="USA"><h5>New Jersey</h5><p>33 Wood Knoll Ave, Suite 600, Iselin, NJ 08830, USA</p></div><div><img src="/uk.svg" alt="UK"><h5>Slough</h5><p>Alder House, 2 Bath Parade, Slough SL1 3UH, UK</p></div></div></section><p>CMMI Level 5 | ISO 27001:2013 | 1,200+ engineers</p>''',
        5,
    ),
    (
        "Brazilian firm whose footer has one office at home and one in Portugal",
        r'''<main><h1>Tecnologia que fala a língua do campo</h1><p>Mais de 4.500 fazendas usam a plataforma.</p></main><footer><div class="col"><h6>Brasil</h6><p>Av. das Sementes, 1400, conj. 81<br>São Paulo – SP, 04571-010<br>+55 11 5550-0101</p></div><div class="col"><h6>Portugal</h6><p>Rua do Forno Velho, 17, 2.º Esq.<br>1100-250 Lisboa<br>+351 21 555 0102</p></div><div class="col"><h6>Produto</h6><p>Preços<br>Integrações<br>Suporte</p></div></footer>''',
        2,
    ),
    (
        "Mexican maker: plants and distribution centres in an old-fashioned table of cells",
        r'''<table width="760" cellpadding="8"><tr><td valign="top"><font color="#900"><b>PLANTA MONTERREY</b></font><br>Carretera a Colombia km 9.5<br>66050 Escobedo, N.L.<br>(81) 5550-0101</td><td valign="top"><font color="#900"><b>PLANTA TOLUCA</b></font><br>Industria Automotriz Sur 44, Zona Industrial<br>50071 Toluca, Edo. Méx.<br>(722) 555-0102</td></tr><tr><td valign="top"><font color="#900"><b>CEDIS MÉRIDA</b></font><br>Periférico Poniente Tablaje 15201<br>97300 Mérida, Yuc.<br>(999) 555-0103</td><td valign="top"><font color="#900"><b>CEDIS TIJUANA</b></font><br>Blvd. Industrial Otay 2300, Nave 6<br>22444 Tijuana, B.C.<br>(664) 555-0104</td></tr></table>''',
        4,
    ),
    (
        "Japanese shop list as cards with opening hours and parking",
        r'''<h2 class="ttl">店舗一覧</h2><div class="shop-card"><h3>京都本店</h3><p class="addr">京都府京都市中京区錦小路町888</p><p>営業時間 10:00〜19:00 / 定休日 水曜</p><p>TEL 075-555-0101</p></div><div class="shop-card"><h3>嵐山店</h3><p class="addr">京都府京都市右京区嵯峨上ノ町77-7</p><p>営業時間 9:00〜18:00</p></div><div class="shop-card"><h3>奈良店</h3><p class="addr">奈良県奈良市東向新町55 1F</p><p>営業時間 10:00〜18:00</p></div><div class="shop-card"><h3>神戸店</h3><p class="addr">兵庫県神戸市中央区元町上通9丁目1-1</p><p>駐車場 12台</p></div><div class="shop-card"><h3>金沢店</h3><p class="addr">石川県金沢市東山横町33番地</p><p>営業時間 10:00〜17:00</p></div>''',
        5,
    ),
    (
        "Japanese maker's page in English, head office, two works and a Thai company",
        r'''<h1>Network</h1><dl><dt>Head Office</dt><dd>9-88 Minatohama, Naka-ku, Hamamatsu, Shizuoka 430-0925, Japan<br>TEL +81-53-555-0101</dd><dt>Iwata Plant</dt><dd>2500 Shingai-kita, Iwata, Shizuoka 438-0025, Japan</dd><dt>Kosai Plant</dt><dd>1 Washizu-nishi, Kosai, Shizuoka 431-0431, Japan</dd><dt>Suruga Springs (Thailand) Co., Ltd.</dt><dd>700/999 Amata Nakorn, Moo 9, Muang, Chonburi 20000, Thailand</dd></dl>''',
        4,
    ),
    (
        "Singapore clinics as a table with MRT stations and hours",
        r'''<h1>Clinic Locations</h1><table><tr><th>Clinic</th><th>Address</th><th>Nearest MRT</th><th>Hours</th></tr><tr><td>Novena</td><td>38 Irrawaddy Link #07-51 S329563</td><td>Novena (NS20)</td><td>8.30am–5.30pm</td></tr><tr><td>Orchard</td><td>3 Mount Elizabeth Rise #12-09 S228510</td><td>Orchard (NS22)</td><td>9am–6pm</td></tr><tr><td>Katong</td><td>112 East Coast Parade #03-22 S428802</td><td>Marine Parade (TE26)</td><td>9am–9pm</td></tr></table><p>24-hour hotline: 6555 0101. MCR 012345A.</p>''',
        3,
    ),
    (
        "Malaysian and Hong Kong offices with building, floor and no street number",
        r'''<div class="footer-offices"><p><b>Kuala Lumpur:</b> Level 18, Menara Kenanga Biru, Jalan Sultan Ismail, 50250 Kuala Lumpur</p><p><b>Penang:</b> Suite 9-03, Wisma Bayu, Lebuh Farquhar, 10200 George Town, Pulau Pinang</p><p><b>Hong Kong:</b> Room 2207, Fortune Harbour Centre, Wan Chai, Hong Kong</p></div>''',
        3,
    ),
    (
        "Australian branches under a heading for each state",
        r'''<h1>Find a branch</h1><h2>New South Wales</h2><h4>Wagga Wagga</h4><p>210 Edward Crescent, Wagga Wagga 2650</p><h4>Tamworth</h4><p>16 Goonoo Lane, Tamworth 2340</p><h4>Dubbo</h4><p>71 Erskine Rise, Dubbo 2830</p><h2>Queensland</h2><h4>Toowoomba</h4><p>404 Anzac Close, Toowoomba 4350</p><h4>Roma</h4><p>9 Raglan Way, Roma 4455</p><h2>Victoria</h2><h4>Shepparton</h4><p>152 Benalla Link, Shepparton 3630</p><h4>Horsham</h4><p>30 Darlot Court, Horsham 3400</p><h2>South Australia</h2><h4>Mount Gambier</h4><p>85 Jubilee Hwy North, Mount Gambier 5290</p><h4>Port Lincoln</h4><p>3 Liverpool Quay, Port Lincoln 5606</p><p>After hours breakdowns: 1800 555 019</p>''',
        9,
    ),
    (
        "New Zealand physios, three rooms inside gyms and pools",
        r'''<h1>Clinics</h1><p><strong>Dunedin Central</strong> – Level 1, 260 Moray Rise, Dunedin 9016</p><p><strong>Mosgiel</strong> – inside Taieri Pool, 34 Memorial Lane, Mosgiel 9024</p><p><strong>Queenstown</strong> – inside Remarkable Gym, 5 Hawthorne Park, Frankton, Queenstown 9300</p><p>ACC registered. $45 surcharge per visit from 1 April 2024.</p>''',
        3,
    ),
    (
        "Webflow collection list of six Canadian offices, address parts in elements of their own",
        r'''<div class="collection-list w-dyn-items" role="list"><div role="listitem" class="w-dyn-item"><div class="h5">Victoria</div><div>1207 Wharf Terrace</div><div class="flex"><div>Victoria</div><div>, </div><div>BC</div><div>V8W 1T8</div></div></div><div role="listitem" class="w-dyn-item"><div class="h5">Kelowna</div><div>330 Bernard Walk, Unit 4</div><div class="flex"><div>Kelowna</div><div>, </div><div>BC</div><div>V1Y 6N5</div></div></div><div role="listitem" class="w-dyn-item"><div class="h5">Lethbridge</div><div>618 5 Ave S</div><div class="flex"><div>Lethbridge</div><div>, </div><div>AB</div><div>T1J 0V1</div></div></div><div role="listitem" class="w-dyn-item"><div class="h5">Saskatoon</div><div>201 21st St E, Suite 900</div><div class="flex"><div>Saskatoon</div><div>, </div><div>SK</div><div>S7K 0B8</div></div></div><div role="listitem" class="w-dyn-item"><div class="h5">Thunder Bay</div><div>75 Cumberland Ct N</div><div class="flex"><div>Thunder Bay</div><div>, </div><div>ON</div><div>P7A 4L8</div></div></div><div role="listitem" class="w-dyn-item"><div class="h5">Kingston</div><div>19 Brock Landing</div><div class="flex"><div>Kingston</div><div>, </div><div>ON</div><div>K7L 1R4</div></div></div></div>''',
        6,
    ),
    (
        "JSON-LD ItemList of four laundromats, page shows only names and links",
        r'''<script type="application/ld+json">{"@context":"https://schema.org","@type":"ItemList","itemListElement":[{"@type":"ListItem","position":1,"item":{"@type":"DryCleaningOrLaundry","name":"Suds Yuma","address":{"@type":"PostalAddress","streetAddress":"1811 S 4th Place","addressLocality":"Yuma","addressRegion":"AZ","postalCode":"85364"}}},{"@type":"ListItem","position":2,"item":{"@type":"DryCleaningOrLaundry","name":"Suds Somerton","address":{"@type":"PostalAddress","streetAddress":"240 E Main Loop","addressLocality":"Somerton","addressRegion":"AZ","postalCode":"85350"}}},{"@type":"ListItem","position":3,"item":{"@type":"DryCleaningOrLaundry","name":"Suds San Luis","address":{"@type":"PostalAddress","streetAddress":"795 N Archibald Ct","addressLocality":"San Luis","addressRegion":"AZ","postalCode":"85349"}}},{"@type":"ListItem","position":4,"item":{"@type":"DryCleaningOrLaundry","name":"Suds Wellton","address":{"@type":"PostalAddress","streetAddress":"28618 Oakland Row","addressLocality":"Wellton","addressRegion":"AZ","postalCode":"85356"}}}]}</script><h1>Locations</h1><a href="/yuma">Suds Yuma</a> <a href="/somerton">Suds Somerton</a> <a href="/san-luis">Suds San Luis</a> <a href="/wellton">Suds Wellton</a>''',
        4,
    ),
    (
        "JSON-LD organisation whose address is an array, body gives the same two and a PO box",
        r'''<script type="application/ld+json">{"@context":"https://schema.org","@type":"ProfessionalService","name":"Penrose Acoustics","vatID":"GB123456789","address":[{"@type":"PostalAddress","streetAddress":"The Maltings, Stowmarket Road","addressLocality":"Needham Market","postalCode":"IP6 8DH","addressCountry":"GB"},{"@type":"PostalAddress","streetAddress":"9 Clerkenwell Yard","addressLocality":"London","postalCode":"EC1R 0AT","addressCountry":"GB"}]}</script><h1>Contact Penrose Acoustics</h1><p>Suffolk: The Maltings, Stowmarket Rd, Needham Market IP6 8DH</p><p>London: 9 Clerkenwell Yard, London EC1R 0AT (by appointment)</p><p>Accounts only: PO Box 77, Ipswich IP1 9ZZ</p>''',
        2,
    ),
    (
        "pub company with seven pubs, name and village",
        r'''<h1>Our pubs</h1><div class="pubs"><div><h3>The Drowsy Fox</h3><p>Church End, Ashwell SG7 5NL</p></div><div><h3>The Bell &amp; Barrow</h3><p>High Street, Barley SG8 8HX</p></div><div><h3>The Woolpack</h3><p>12 Back Lane, Buntingford SG9 9AF</p></div><div><h3>The Red Sail</h3><p>Riverside, Ware SG12 9BN</p></div><div><h3>The Three Larks</h3><p>The Green, Benington SG2 7LQ</p></div><div><h3>The Clockmaker</h3><p>41 Sun Row, Hitchin SG5 1AH</p></div><div><h3>The Ship at Anchor</h3><p>4 Parliament Hill, Hertford SG14 1EZ</p></div></div><p>Sunday lunch from £18.50. Dogs welcome everywhere except the Clockmaker.</p>''',
        7,
    ),
    (
        "microdata of an organisation with two locations through the location property, telephone in meta",
        r'''<div itemscope itemtype="https://schema.org/Organization"><h1 itemprop="name">Juniper Veterinary Group</h1><div itemprop="location" itemscope itemtype="https://schema.org/Place"><h3 itemprop="name">Juniper North</h3><meta itemprop="telephone" content="+15035550110"><address itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="streetAddress">8820 N Lombard Bend</span><br><span itemprop="addressLocality">Portland</span>, <span itemprop="addressRegion">OR</span> <span itemprop="postalCode">97203</span></address></div><div itemprop="location" itemscope itemtype="https://schema.org/Place"><h3 itemprop="name">Juniper Gresham</h3><address itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="streetAddress">150 NE Roberts Ct</span><br><span itemprop="addressLocality">Gresham</span>, <span itemprop="addressRegion">OR</span> <span itemprop="postalCode">97030</span></address></div></div>''',
        2,
    ),
    (
        "microformats2 h-card with p-adr of a workshop and a shop",
        r'''<div class="h-card"><p class="p-name p-org">Glockengießerei Haberfellner – Werkstatt</p><div class="p-adr h-adr"><span class="p-street-address">Schmiedleiten 4</span>, <span class="p-postal-code">4594</span> <span class="p-locality">Steinbach an der Steyr</span>, <span class="p-country-name">Österreich</span></div></div><div class="h-card"><p class="p-name p-org">Glockengießerei Haberfellner – Laden</p><div class="p-adr h-adr"><span class="p-street-address">Altstadtgasse 11</span>, <span class="p-postal-code">4020</span> <span class="p-locality">Linz</span></div></div>''',
        2,
    ),
    (
        "address elements, one of them only a mail link to the webmaster",
        r'''<h1>Regional offices</h1><address>Norwich<br>Kingfisher House, 3 Gilders Wharf<br>Norwich NR1 1RY<br><a href="tel:01603555010">01632 960 310</a></address><address>King’s Lynn<br>45 Tuesday Row<br>King’s Lynn PE30 1JL</address><address>Great Yarmouth<br>2 Hall Plain<br>Great Yarmouth NR30 2QD</address><hr><address>Page maintained by <a href="mailto:web@wherry.example">web@wherry.example</a>, last changed 12/03/2022</address>''',
        3,
    ),
    (
        "Leaflet map fed by GeoJSON and the same six as a list by town",
        r'''<div id="leaflet"></div><script>var depots={"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[-1.55,53.8]},"properties":{"name":"Leeds"}},{"type":"Feature","geometry":{"type":"Point","coordinates":[-0.34,53.75]},"properties":{"name":"Hull"}},{"type":"Feature","geometry":{"type":"Point","coordinates":[-1.13,53.52]},"properties":{"name":"Doncaster"}},{"type":"Feature","geometry":{"type":"Point","coordinates":[-1.78,53.65]},"properties":{"name":"Huddersfield"}},{"type":"Feature","geometry":{"type":"Point","coordinates":[-1.24,54.57]},"properties":{"name":"Middlesbrough"}},{"type":"Feature","geometry":{"type":"Point","coordinates":[-0.4,54.28]},"properties":{"name":"Scarborough"}}]};L.geoJSON(depots).addTo(map);</script><h2>Our depots</h2><ul><li>Leeds</li><li>Hull</li><li>Doncaster</li><li>Huddersfield</li><li>Middlesbrough</li><li>Scarborough</li></ul>''',
        6,
    ),
    (
        "pictures of shop fronts whose captions hold the addresses",
        r'''<h1>Trois adresses, un seul accueil</h1><figure><img src="/img/tours.jpg" alt="Façade de la boutique de Tours"><figcaption>Tours – 27 rue Colbert Neuve</figcaption></figure><figure><img src="/img/blois.jpg" alt="Façade de la boutique de Blois"><figcaption>Blois – 6 rue du Commerce Vieux</figcaption></figure><figure><img src="/img/amboise.jpg" alt="Façade de la boutique d’Amboise"><figcaption>Amboise – 40 rue Nationale Basse</figcaption></figure><p>Ouvert du mardi au samedi, 10h–19h. Carte cadeau dès 20 €.</p>''',
        3,
    ),
    (
        "booking form whose select lists the salons",
        r'''<h1>Book an appointment</h1><form><label for="salon">Choose your salon</label><select id="salon"><option value="">Please choose…</option><option value="1">Galway – Shop Street</option><option value="2">Limerick – Thomas Street</option><option value="3">Ennis – Parnell Street</option><option value="4">Tralee – The Mall</option><option value="5">Killarney – New Street</option></select><label for="service">Service</label><select id="service"><option>Cut &amp; blow dry – €65</option><option>Full colour – €110</option><option>Men’s cut – €30</option></select><input type="date"><button>Book</button></form>''',
        5,
    ),
    (
        "number said, none listed: fourteen clinics in Ontario",
        r'''<section class="about"><h1>Who we are</h1><p>Trillium Foot Care was founded by two sisters in 2001. We now have 14 clinics in Ontario, a team of 60 chiropodists and a waiting list of less than a week.</p><blockquote>“They saved my running season.” – Dana, 43</blockquote><a class="btn" href="/book">Book online</a></section>''',
        14,
    ),
    (
        "number said and the towns in brackets: four Irish offices",
        r'''<h1>The firm</h1><p>O’Hanrahan Clyne is a firm of 85 solicitors with four offices (Cork, Galway, Sligo and Waterford) and clients in thirty counties. We act for farmers, for banks and, now and then, for poets.</p><p>The firm was named Regional Firm of the Year in 2019 and 2022.</p>''',
        4,
    ),
    (
        "remote firm with a post box for letters",
        r'''<h1>Where are you based?</h1><p>Everywhere and nowhere: all 18 of us work from home and we gave up our last office in 2020. Please do not send parcels.</p><h2>Can I meet you?</h2><p>Sure, on a video call.</p><h2>Mail</h2><p>Legal letters reach us at PO Box 20881, Boulder, CO 80308.</p>''',
        0,
    ),
    (
        "climbing gyms, two of six permanently closed",
        r'''<h1>Gyms</h1><ul class="gym-grid"><li><h3>Boulder Barn Kassel</h3><p>Leipziger Zeile 407, 34123 Kassel</p></li><li><h3>Boulder Barn Marburg</h3><p>Neue Kasseler Allee 26, 35039 Marburg</p></li><li><h3>Boulder Barn Gießen <span class="badge">Dauerhaft geschlossen</span></h3><p>Rodheimer Ring 90, 35398 Gießen</p></li><li><h3>Boulder Barn Siegen</h3><p>Leimbachwinkel 201, 57074 Siegen</p></li><li><h3>Boulder Barn Wetzlar <span class="badge">Dauerhaft geschlossen</span></h3><p>Hermannsteiner Weg 14, 35576 Wetzlar</p></li><li><h3>Boulder Barn Fulda</h3><p>Frankfurter Bogen 150, 36043 Fulda</p></li></ul>''',
        4,
    ),
    (
        "doughnut shops with a section Coming soon that gives addresses already",
        r'''<h1>Locations</h1><h2>Now open</h2><div><p><b>Fort Collins</b><br>144 Linden Walk<br>Fort Collins, CO 80524</p><p><b>Loveland</b><br>519 N Cleveland Pl<br>Loveland, CO 80537</p><p><b>Greeley</b><br>820 9th St, Ste 3<br>Greeley, CO 80631</p></div><h2>Coming soon</h2><div><p><b>Longmont</b> (summer)<br>333 Main Row<br>Longmont, CO 80501</p><p><b>Cheyenne</b> (fall)<br>1710 Capitol Ct<br>Cheyenne, WY 82001</p></div>''',
        3,
    ),
    (
        "customer logos and quotations with towns, one office",
        r'''<h1>Trusted by 600 councils and firms</h1><blockquote>“Two weeks of work became an afternoon.” <cite>Anna Bergqvist, Head of Parks, Uppsala</cite></blockquote><blockquote>“We would not go back.” <cite>Jeroen Maas, City of Breda</cite></blockquote><blockquote>“Clear, quick, kind.” <cite>Port of Gdynia</cite></blockquote><footer><p>Arborly ApS<br>Nordre Kajkant 8, 3. sal<br>2150 Nordhavn, Copenhagen<br>Denmark</p></footer>''',
        1,
    ),
    (
        "page of dealers by state, the maker only in the footer",
        r'''<h1>Dealer locator</h1><h2>Kansas</h2><p>Prairie Implement, 2100 W Highway 36, Norton, KS 67654 · 785-555-0121</p><p>Hays Ag Supply, 740 E 41st Way, Hays, KS 67601 · 785-555-0122</p><h2>Nebraska</h2><p>Platte Valley Tractor, 98 Industrial Ln, Kearney, NE 68847 · 308-555-0123</p><h2>South Dakota</h2><p>Missouri Breaks Equipment, 14 SD-44, Winner, SD 57580 · 605-555-0124</p><footer>Harrowgate Manufacturing Co. · 1 Harrowgate Dr · Salina, KS 67401 · Made in USA since 1951</footer>''',
        1,
    ),
    (
        "careers page with its own offices and remote jobs",
        r'''<h1>Join us</h1><section><h2>Our offices</h2><div class="office"><h4>Tallinn</h4><p>Our oldest office, above a bakery.</p></div><div class="office"><h4>Gothenburg</h4><p>Hardware lab and sauna.</p></div><div class="office"><h4>Toronto</h4><p>Sales and support for the Americas.</p></div></section><section><h2>Open positions</h2><ul><li>Backend engineer – Remote (EU)</li><li>Account executive – Remote (Texas)</li><li>Firmware engineer – Gothenburg</li><li>Support specialist – Toronto</li></ul></section>''',
        3,
    ),
    (
        "builder's references with towns and sums, two own Niederlassungen",
        r'''<h1>Referenzen</h1><ul><li>Neubau Grundschule, 99817 Eisenach, 4,2 Mio. €</li><li>Sanierung Stadtbad, 98617 Meiningen, 7,8 Mio. €</li><li>Feuerwache, 36433 Bad Salzungen, 3,1 Mio. €</li><li>Brücke über die Ilm, 99510 Apolda, 1,9 Mio. €</li></ul><h1>So erreichen Sie uns</h1><p>Bauunternehmung Thürnagel GmbH<br>Am Lindenrain 6<br>99867 Gotha</p><p>Niederlassung Südthüringen<br>Werkstraße 33 c<br>98527 Suhl</p>''',
        2,
    ),
    (
        "trade fairs with hall and stand, contact of one firm",
        r'''<h1>Messetermine</h1><table><tr><th>Messe</th><th>Ort</th><th>Datum</th><th>Stand</th></tr><tr><td>Blechtage</td><td>Stuttgart</td><td>5.–8. März</td><td>Halle 7, 7B 210</td></tr><tr><td>Metallum</td><td>Hannover</td><td>22.–26. April</td><td>Halle 12, E 44</td></tr><tr><td>Swissforge</td><td>Luzern</td><td>10.–12. September</td><td>Halle 1, 102</td></tr></table><p>Termin vereinbaren: Stanzwerk Öhri AG, Fabrikweg 40, 9470 Buchs SG, Tel. 081 555 01 10</p>''',
        1,
    ),
    (
        "mailing address, front door and a warehouse of a mail-order firm",
        r'''<h1>Contact us</h1><table><tr><th>Mail</th><td>P.O. Drawer 618<br>Brattleboro, VT 05302</td></tr><tr><th>Retail store</th><td>92 Flat Street Ct<br>Brattleboro, VT 05301</td></tr><tr><th>Warehouse (no visitors)</th><td>1140 Putney Turnpike<br>Brattleboro, VT 05301</td></tr><tr><th>Orders</th><td>1-800-555-0153</td></tr></table>''',
        2,
    ),
    (
        "caterer that delivers to postcodes and holds tastings at a farm not its own",
        r'''<h1>Delivery</h1><p>We deliver to 1012, 1013, 1015 to 1018, 1052 to 1054 and 1071 to 1079 in Amsterdam, from € 35. Outside the ring we ask € 12,50.</p><h2>Kitchen</h2><p>Our kitchen is at Cruquiuskadeplein 14, 1019 BZ Amsterdam. Orders can be picked up there from 11:00.</p><h2>Tasting</h2><p>Next tasting: Saturday 8 June at Boerderij De Vlierhof, Zuiderwoudedijk 2, 1153 PX Zuiderwoude.</p>''',
        1,
    ),
    (
        "ski hire by resort, buildings instead of streets",
        r'''<h1>Nos magasins de ski</h1><div class="mag"><h3>Les Saisies</h3><p>Galerie du Grand Tétras, rez-de-chaussée<br>73620 Les Saisies</p></div><div class="mag"><h3>Arêches</h3><p>Chalet Le Bersend, face à la télécabine<br>73270 Arêches-Beaufort</p></div><div class="mag"><h3>Val Cenis Lanslebourg</h3><p>Résidence Les Alpages bleus<br>73480 Val-Cenis</p></div><div class="mag"><h3>Val Cenis Termignon</h3><p>Place de la Vanoise d’en Haut<br>73480 Val-Cenis</p></div><p>Pack 6 jours à partir de 89 €. Ouverture de 8h30 à 19h.</p>''',
        4,
    ),
    (
        "filling stations by road and direction",
        r'''<h1>Our forecourts</h1><table><tr><th>Site</th><th>Road</th><th>Facilities</th></tr><tr><td>Podimore West</td><td>A303 westbound, near Ilchester</td><td>Fuel, shop, jet wash</td></tr><tr><td>Podimore East</td><td>A303 eastbound, near Ilchester</td><td>Fuel, shop</td></tr><tr><td>Honiton Gate</td><td>A30 at Honiton</td><td>Fuel, coffee, EV 150 kW</td></tr><tr><td>Whimple Cross</td><td>Old A30, Whimple</td><td>Fuel, LPG</td></tr></table>''',
        4,
    ),
    (
        "farm with a shop, a café and a campsite, all in one yard",
        r'''<h1>Visit Cuddyhill Farm</h1><h2>Farm shop</h2><p>Cuddyhill Farm, Longtown Road, Brampton, Cumbria CA8 2RP. Open daily 9–5.</p><h2>The Byre café</h2><p>Across the yard from the shop. Breakfast until 11.30.</p><h2>Camping</h2><p>18 pitches in the top field. Check in at the farm shop. Cuddyhill Farm, Longtown Rd, Brampton CA8 2RP.</p>''',
        1,
    ),
    (
        "two brands of one firm in one shopping centre under one postcode",
        r'''<h1>Stores</h1><div class="store"><h2>Nimble Kids</h2><p>Upper Mall, Unit 61, Queensferry Arcade, Dunfermline KY12 7QT</p></div><div class="store"><h2>Nimble Teens</h2><p>Lower Mall, Unit 14, Queensferry Arcade, Dunfermline KY12 7QT</p></div><div class="store"><h2>Nimble Kids</h2><p>29 Murray Vennel, Perth PH1 5PJ</p></div>''',
        3,
    ),
    (
        "eighteen American coffee drive-throughs, number, street and town on a line each",
        r'''<h1>All Drive-Thrus</h1><h2>Idaho</h2><ol><li>#01 1440 Broadway Loop, Boise</li><li>#02 8701 W Fairview Bend, Boise</li><li>#03 302 Caldwell Pass, Nampa</li><li>#04 115 N Eagle Fork, Eagle</li><li>#05 2980 E Overland Ct, Meridian</li><li>#06 677 Blue Lakes Row, Twin Falls</li><li>#07 1215 Yellowstone Cir, Pocatello</li><li>#08 450 Sunnyside Way, Idaho Falls</li></ol><h2>Utah</h2><ol start="9"><li>#09 95 S Main Loop, Logan</li><li>#10 3660 Washington Ter, Ogden</li><li>#11 1201 N Hill Field Pl, Layton</li><li>#12 510 W Antelope Ct, Clearfield</li><li>#13 77 E Center Row, Provo</li><li>#14 1330 State Bend, Orem</li></ol><h2>Wyoming</h2><ol start="15"><li>#15 206 Dewar Fork, Rock Springs</li><li>#16 1900 CY Loop, Casper</li><li>#17 333 Grand Row, Laramie</li><li>#18 4005 Dell Range Ct, Cheyenne</li></ol><p>Open 5 am to 9 pm. 16 oz latte $4.75.</p>''',
        18,
    ),
    (
        "parcel firm, own depots and pick-up points in other people's shops",
        r'''<h1>Drop off or collect</h1><h2>Our depots</h2><p>Depot Rotterdam, Waalhavenweg 212, 3089 JK Rotterdam</p><p>Depot Tilburg, Vossenbergring 60, 5048 AB Tilburg</p><h2>Partner pick-up points</h2><ul><li>Bloemenhuis Iris, Kerkplein 3, 2651 BC Berkel</li><li>Drogist Van Dam, Dorpsstraat 88, 2712 AM Zoetermeer</li><li>Kiosk Centraal, Stationshof 1, 4811 BB Breda</li><li>Tabakshop Zuid, Winkelpad 20, 5044 CA Tilburg</li></ul>''',
        2,
    ),
    (
        "privacy notice naming the firm, its data protection officer and the authority",
        r'''<h1>Datenschutzerklärung</h1><p>Verantwortlicher: Kunstmühle Ebersbach eG, Mühlkanal 1, 73061 Ebersbach an der Fils.</p><p>Datenschutzbeauftragter: DSB Kanzlei Wirth, Olgazeile 50, 70182 Stuttgart.</p><p>Aufsichtsbehörde: Der Landesbeauftragte für den Datenschutz, Lautenschlagerhof 20, 70173 Stuttgart.</p><p>Hosting: Serverpark Nord GmbH, Datenring 7, 24103 Kiel. Speicherdauer 30 Tage.</p>''',
        1,
    ),
    (
        "nursery trees, a blog post with numbers and no place of the firm",
        r'''<article><h1>Five trees for a small garden</h1><time>14 March 2023</time><p>The Kojo-no-mai cherry needs 2500 mm at most. In a trial at Wisley it reached 1800 mm in 10 years. The crab apple ‘Laura’ does better in the east, say gardeners in Norfolk and Kent.</p><p>Plant between November and March; from £34.99 each, code TREE10 for 10% off.</p><ul class="tags"><li>Trees</li><li>Small gardens</li><li>Spring</li></ul></article>''',
        0,
    ),
    (
        "family firm under headings of countries, two towns in one and a representative",
        r'''<h1>Standorte weltweit</h1><h2>Deutschland</h2><p>Lübeck – Kanalstraße 212, 23552 Lübeck (Stammhaus)</p><p>Wismar – Alter Holzkai 4, 23966 Wismar</p><h2>Dänemark</h2><p>Nykøbing F – Havnevænget 30, 4800 Nykøbing Falster</p><h2>Estland</h2><p>Tallinn – Logi tänav 14, 10111 Tallinn</p><h2>China</h2><p>Repräsentanz Qingdao – Room 1503, Haitian Plaza, 60 Donghai Xi Lu, Qingdao 266071</p>''',
        5,
    ),
    (
        "head office in prose, branches by town in a second sentence, towns of customers in a third",
        r'''<h1>Über das Unternehmen</h1><p>Die Zöller Gebäudereinigung wurde 1961 in Bamberg gegründet, wo bis heute die Verwaltung sitzt. Weitere Niederlassungen unterhalten wir in Coburg, Schweinfurt, Hof und Bayreuth. Unsere 950 Mitarbeiter reinigen täglich Schulen in Nürnberg, Kliniken in Erlangen und Büros in ganz Oberfranken.</p><p>Verwaltung: Memmelsdorfer Weg 209, 96052 Bamberg</p>''',
        5,
    ),
)  # fmt: skip
