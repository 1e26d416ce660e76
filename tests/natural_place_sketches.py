"""Forty sketches of natural pages, each with the number of the company's own places that a person would count.

Companies, streets, house numbers and telephone numbers are made up; towns and postcodes are real or plausible. Written
without sight of the reader, in the proportions of pages that a person meets, and counted once.
"""

# ruff: noqa: E501  a page is a few long lines

from __future__ import annotations

NATURAL = (
    (
        "US plumbing supplier, branch cards with ZIP codes and telephones",
        """<nav><a href="/">Home</a><a href="/products">Products</a><a href="/branches">Branches</a><a href="/careers">Careers</a></nav>
<main><h1>Branch Locations</h1><p>Stop by the counter or call ahead for will-call pickup.</p>
<div class="loc-card"><h3>Dayton (Main Office &amp; Warehouse)</h3><p>2215 Wickline Ave<br>Dayton, OH 45404</p><p>Phone: (937) 555-0110</p><a href="#">Get directions</a></div>
<div class="loc-card"><h3>Springfield</h3><p>418 Barrow St<br>Springfield, OH 45503</p><p>Phone: (937) 555-0123</p><a href="#">Get directions</a></div>
<div class="loc-card"><h3>Lima</h3><p>1090 Tolliver Rd<br>Lima, OH 45801</p><p>Phone: (419) 555-0144</p><a href="#">Get directions</a></div>
<div class="loc-card"><h3>Columbus North</h3><p>6640 Pendry Commerce Dr, Suite B<br>Columbus, OH 43229</p><p>Phone: (614) 555-0131</p><a href="#">Get directions</a></div>
<div class="loc-card"><h3>Columbus South</h3><p>1501 Garnet Rd<br>Columbus, OH 43207</p><p>Phone: (614) 555-0139</p><a href="#">Get directions</a></div>
<div class="loc-card"><h3>Richmond</h3><p>77 Industries Loop<br>Richmond, IN 47374</p><p>Phone: (765) 555-0102</p><a href="#">Get directions</a></div>
<div class="loc-card"><h3>Fort Wayne</h3><p>3312 Maplecrest Ct<br>Fort Wayne, IN 46803</p><p>Phone: (260) 555-0177</p><a href="#">Get directions</a></div></main>
<footer><p>&copy; 2024 Hallbeck Supply Co. All rights reserved.</p><p>Mon-Fri 7:00 am - 5:00 pm</p></footer>""",
        7,
    ),
    (
        "US law firm, three offices on the page and again in the footer",
        """<header><img alt="Orrick Vance Tully LLP"><a href="tel:8645550100">864-555-0100</a></header>
<h1>Contact Our Attorneys</h1><p>Consultations are by appointment. Please do not send confidential information through this form.</p>
<section><h2>Greenville</h2><address>310 East Colby Street, Suite 1200<br>Greenville, SC 29601</address></section>
<section><h2>Spartanburg</h2><address>155 Morrow Street<br>Spartanburg, SC 29306</address></section>
<section><h2>Asheville</h2><address>48 Pinnacle Avenue, 3rd Floor<br>Asheville, NC 28801</address></section>
<form><label>Name</label><input><label>Email</label><input><button>Send</button></form>
<footer><ul><li>310 E. Colby St., Ste. 1200, Greenville, SC 29601</li><li>155 Morrow St., Spartanburg, SC 29306</li><li>48 Pinnacle Ave., 3rd Fl., Asheville, NC 28801</li></ul><p>Attorney advertising. Prior results do not guarantee a similar outcome.</p></footer>""",
        3,
    ),
    (
        "US credit union, a table of branches with hours",
        """<h1>Branches &amp; Hours</h1><p>All branches are closed on federal holidays.</p>
<table><thead><tr><th>Branch</th><th>Address</th><th>Lobby</th><th>Drive-up</th></tr></thead><tbody>
<tr><td>Downtown</td><td>101 Larkspur Ave, Duluth, MN 55802</td><td>9-5</td><td>8-6</td></tr>
<tr><td>Miller Hill</td><td>4725 Trinity Rd, Duluth, MN 55811</td><td>9-5</td><td>8-6</td></tr>
<tr><td>Hermantown</td><td>5010 Haines View Dr, Hermantown, MN 55811</td><td>9-5</td><td>8-6</td></tr>
<tr><td>Cloquet</td><td>912 Sawyer Ave, Cloquet, MN 55720</td><td>9-5</td><td>8-5:30</td></tr>
<tr><td>Two Harbors</td><td>627 Seventh St, Two Harbors, MN 55616</td><td>9-4:30</td><td>None</td></tr>
<tr><td>Hibbing</td><td>2206 Dillon Blvd, Hibbing, MN 55746</td><td>9-5</td><td>8-5:30</td></tr>
<tr><td>Virginia</td><td>330 Chandler St N, Virginia, MN 55792</td><td>9-5</td><td>8-5:30</td></tr>
<tr><td>Superior</td><td>1418 Beldner Ave, Superior, WI 54880</td><td>9-5</td><td>8-6</td></tr>
<tr><td>Ashland</td><td>705 Lakefront Dr W, Ashland, WI 54806</td><td>9-4:30</td><td>9-5</td></tr>
</tbody></table><p>Routing number 000000000. Federally insured.</p>""",
        9,
    ),
    (
        "US manufacturer with plants abroad and independent distributors",
        """<h1>Global Locations</h1><h2>Corporate Headquarters</h2><p>Tarrant Valve Corporation<br>9100 Foundry Parkway<br>Tulsa, OK 74107<br>USA<br>+1 918 555 0160</p>
<h2>Manufacturing</h2><div><p><strong>Tarrant Valve Longview Plant</strong><br>2700 Estes Road<br>Longview, TX 75602</p><p><strong>Tarrant Valve Mexico</strong><br>Avenida del Acero 410<br>66350 Santa Catarina, Nuevo León<br>Mexico</p><p><strong>Tarrant Valve Italia S.r.l.</strong><br>Via dei Fonditori 18<br>24044 Dalmine (BG)<br>Italy</p></div>
<h2>Independent Distributors</h2><div><p><strong>Prairie Flow Products</strong><br>1335 Ogle Street<br>Wichita, KS 67203</p><p><strong>Northgate Process Ltd.</strong><br>5820 88 Street NW<br>Edmonton, AB T6E 5X2</p><p><strong>Delta Pipe &amp; Fitting</strong><br>44 Tchoup Lane<br>Baton Rouge, LA 70802</p></div>""",
        4,
    ),
    (
        "US urgent care, JSON-LD and cards, one clinic opening next spring",
        """<script type="application/ld+json">{"@context":"https://schema.org","@type":"MedicalOrganization","name":"Brightwell Urgent Care","url":"https://brightwell.example","department":[{"@type":"MedicalClinic","name":"Brightwell Boise","address":{"@type":"PostalAddress","streetAddress":"7420 W Corder Rd","addressLocality":"Boise","addressRegion":"ID","postalCode":"83709"}},{"@type":"MedicalClinic","name":"Brightwell Meridian","address":{"@type":"PostalAddress","streetAddress":"1866 S Tamsin Way","addressLocality":"Meridian","addressRegion":"ID","postalCode":"83642"}},{"@type":"MedicalClinic","name":"Brightwell Nampa","address":{"@type":"PostalAddress","streetAddress":"522 Kepler Blvd","addressLocality":"Nampa","addressRegion":"ID","postalCode":"83651"}},{"@type":"MedicalClinic","name":"Brightwell Eagle","address":{"@type":"PostalAddress","streetAddress":"93 E Aspen Gate St","addressLocality":"Eagle","addressRegion":"ID","postalCode":"83616"}}]}</script>
<h1>Find a Clinic</h1><div class="grid"><article><h2>Boise</h2><p>7420 W. Corder Road, Boise, ID 83709</p><a>Save my spot</a></article><article><h2>Meridian</h2><p>1866 S. Tamsin Way, Meridian, ID 83642</p><a>Save my spot</a></article><article><h2>Nampa</h2><p>522 Kepler Blvd., Nampa, ID 83651</p><a>Save my spot</a></article><article><h2>Eagle</h2><p>93 E. Aspen Gate St., Eagle, ID 83616</p><a>Save my spot</a></article></div>
<h2>Coming soon</h2><article><h3>Caldwell</h3><p>3010 Linden Crossing, Caldwell, ID 83605</p><p>Opening spring 2026</p></article>""",
        4,
    ),
    (
        "US software company, contact form and conferences, no address",
        """<nav>Platform Pricing Customers Blog Contact</nav><h1>Talk to us</h1><p>We are a fully remote team. Fill in the form and somebody will be in touch within one business day.</p><form><input placeholder="Work email"><textarea></textarea><button>Submit</button></form>
<h2>Meet us on the road</h2><ul><li><b>RetailOps Summit</b>, May 6-8, Lakeside Convention Center, 800 Shoreline Dr, Chicago, IL 60616, booth 412</li><li><b>Warehouse Week</b>, September 16-18, Peachtree Expo Hall, 285 Center Ave NW, Atlanta, GA 30313, booth 1120</li></ul>
<footer>Support: help@stocklume.example | Security | Privacy | Terms</footer>""",
        0,
    ),
    (
        "US kitchen showrooms, towns only",
        """<header>Cressida Kitchens &amp; Baths</header><h1>Visit a showroom near you</h1><p>Bring your measurements and a few photos. Our designers will do the rest.</p>
<h2>Our showrooms</h2><ul class="locations"><li><a href="/showrooms/nashville">Nashville, TN</a></li><li><a href="/showrooms/franklin">Franklin, TN</a></li><li><a href="/showrooms/knoxville">Knoxville, TN</a></li><li><a href="/showrooms/chattanooga">Chattanooga, TN</a></li><li><a href="/showrooms/huntsville">Huntsville, AL</a></li><li><a href="/showrooms/bowling-green">Bowling Green, KY</a></li></ul>
<h2>Popular collections</h2><ul><li>Shaker White</li><li>Rustic Oak</li><li>Navy Inset</li></ul>""",
        6,
    ),
    (
        "US taco restaurants, streets and towns without ZIP codes",
        """<h1>Locations</h1><p>Every kitchen makes its tortillas in the morning. Open daily from 11.</p>
<h2>San Antonio</h2><div><h3>Southtown</h3><p>814 S. Presa Verde St, San Antonio, TX</p><a>Order online</a></div><div><h3>Stone Oak</h3><p>20330 Huebner Bend, San Antonio, TX</p><a>Order online</a></div><div><h3>Alamo Ranch</h3><p>5519 Lonestar Mesa Pkwy, San Antonio, TX</p><a>Order online</a></div>
<h2>Austin</h2><div><h3>South Lamar</h3><p>2207 Bluebonnet Ct, Austin, TX</p><a>Order online</a></div><div><h3>Mueller</h3><p>1940 Aldrich Green, Austin, TX</p><a>Order online</a></div><div><h3>Domain</h3><p>11601 Rock Hollow Dr, Austin, TX</p><a>Order online</a></div>
<h2>Hill Country</h2><div><h3>New Braunfels</h3><p>390 Gruene Mill Rd, New Braunfels, TX</p><a>Order online</a></div><div><h3>San Marcos</h3><p>128 N. Guadalupe Row, San Marcos, TX</p><a>Order online</a></div>
<footer>Gift cards | Catering | Jobs | Allergens</footer>""",
        8,
    ),
    (
        "UK builders' merchant, branch list with postcodes",
        """<h1>Our branches</h1><p>Trade counters open 7am to 5pm on weekdays and 8am to noon on Saturdays.</p><ul>
<li><h3>Shrewsbury</h3><p>Unit 3, Battle Brook Estate, Shrewsbury, SY1 3TG</p><p>Tel: 01743 496 001</p></li>
<li><h3>Telford</h3><p>Stafford Gate, Telford, TF3 3BD</p><p>Tel: 01952 496 002</p></li>
<li><h3>Oswestry</h3><p>18 Maes Lane, Oswestry, SY10 8NN</p><p>Tel: 01691 496 003</p></li>
<li><h3>Whitchurch</h3><p>Old Creamery Yard, Station Road, Whitchurch, SY13 1RL</p><p>Tel: 01948 496 004</p></li>
<li><h3>Newtown</h3><p>Unit 11, Mochdre Park, Newtown, SY16 4LE</p><p>Tel: 01686 496 005</p></li>
<li><h3>Welshpool</h3><p>Severn Sidings, Welshpool, SY21 7DF</p><p>Tel: 01938 496 006</p></li>
<li><h3>Ludlow</h3><p>6 Parys Close, Ludlow, SY8 1XA</p><p>Tel: 01584 496 007</p></li>
<li><h3>Leominster</h3><p>Southern Way, Leominster, HR6 0QF</p><p>Tel: 01568 496 008</p></li>
<li><h3>Hereford</h3><p>92 Holmer Trading Estate, Hereford, HR4 9SX</p><p>Tel: 01432 496 009</p></li>
<li><h3>Kidderminster</h3><p>Unit 7, Hoo Wharf, Kidderminster, DY10 1HY</p><p>Tel: 01562 496 010</p></li></ul>
<footer>Wrekin Timber &amp; Building Supplies Ltd. Registered in England no. 00000000.</footer>""",
        10,
    ),
    (
        "UK solicitors, offices in the footer of a page about conveyancing, one of them also as registered office",
        """<h1>Residential conveyancing</h1><p>Buying or selling a home is one of the largest transactions most of us make. Our team keeps you informed from offer to completion.</p><h2>What does it cost?</h2><p>We quote a fixed fee before you instruct us. Searches and stamp duty are charged on top.</p>
<footer><div class="col"><h4>Ipswich</h4><p>27 Elm Hill Street<br>Ipswich<br>Suffolk<br>IP1 2AN<br>01473 960 100</p></div><div class="col"><h4>Woodbridge</h4><p>4 The Thoroughway<br>Woodbridge<br>Suffolk<br>IP12 1AG<br>01394 960 101</p></div><div class="col"><h4>Bury St Edmunds</h4><p>61 Guildhall Row<br>Bury St Edmunds<br>Suffolk<br>IP33 1PR<br>01284 960 102</p></div><div class="col"><h4>Colchester</h4><p>9 Priory Place<br>Colchester<br>Essex<br>CO1 2PX<br>01206 960 103</p></div>
<p>Fenn Aldous LLP is a limited liability partnership. Registered office: 27 Elm Hill Street, Ipswich, Suffolk IP1 2AN. Authorised and regulated by the Solicitors Regulation Authority.</p></footer>""",
        4,
    ),
    (
        "UK estate agent, offices by town only",
        """<header>Pascoe &amp; Rudd Estate Agents</header><nav>Buy Sell Let Landlords Our offices</nav><h1>Our offices</h1><p>Call your nearest office to book a free valuation.</p>
<table><tr><th>Office</th><th>Sales</th><th>Lettings</th></tr><tr><td>Truro</td><td>01872 496 010</td><td>01872 496 011</td></tr><tr><td>Falmouth</td><td>01326 496 010</td><td>01326 496 011</td></tr><tr><td>Helston</td><td>01326 496 020</td><td>01326 496 021</td></tr><tr><td>Penzance</td><td>01736 496 010</td><td>01736 496 011</td></tr><tr><td>St Ives</td><td>01736 496 020</td><td>01736 496 021</td></tr><tr><td>Newquay</td><td>01637 496 010</td><td>01637 496 011</td></tr><tr><td>St Austell</td><td>01726 496 010</td><td>01726 496 011</td></tr><tr><td>Bodmin</td><td>01208 496 010</td><td>01208 496 011</td></tr></table>""",
        8,
    ),
    (
        "UK accountants, two offices told in a sentence and below with addresses",
        """<h1>About us</h1><p>Founded in 1974 by Geoffrey Sills, Sills Hartley has grown from one desk above a bakery to a team of forty-five. Today we look after family businesses, farms and charities from our offices in Harrogate and Skipton.</p><h2>Our values</h2><p>Plain speaking, prompt answers, and no surprises on the bill.</p>
<h2>Where to find us</h2><div><p><strong>Harrogate</strong><br>Beckwith Chambers, 15 Victoria Rise, Harrogate HG1 1EQ<br>T: 01423 960 200</p><p><strong>Skipton</strong><br>First Floor, 2 Mill Bridge Court, Skipton BD23 1NJ<br>T: 01756 960 201</p></div>""",
        2,
    ),
    (
        "UK engineers, head office and works on one estate and a depot in Scotland",
        """<h1>Contact</h1><div class="row"><div><h2>Head Office &amp; Works 1</h2><p>Calder Hydraulics Ltd<br>Unit 4, Sowerby Mills Industrial Estate<br>Halifax<br>West Yorkshire<br>HX3 9DG</p><p>+44 (0)1422 960 300</p></div><div><h2>Works 2</h2><p>Unit 11, Sowerby Mills Industrial Estate<br>Halifax<br>West Yorkshire<br>HX3 9DG</p></div><div><h2>Aberdeen Service Depot</h2><p>38 Altens Quay Road<br>Aberdeen<br>AB12 3LE</p><p>+44 (0)1224 960 301</p></div></div><h2>Enquiries</h2><p>sales@calderhydraulics.example<br>service@calderhydraulics.example</p>""",
        3,
    ),
    (
        "UK recruitment agency, vacancies at clients and one office in the footer",
        """<h1>Latest vacancies</h1><div class="job"><h3>Production Planner</h3><p>Our client, a food manufacturer in Grimsby</p><p>£34,000 - £38,000</p></div><div class="job"><h3>Maintenance Electrician (nights)</h3><p>Our client, a packaging group in Scunthorpe</p><p>£41,500</p></div><div class="job"><h3>Transport Manager</h3><p>Our client, a haulier based in Doncaster DN4</p><p>£45,000 + car</p></div><div class="job"><h3>Quality Technician</h3><p>Our client in Goole</p><p>£27,000</p></div><a>View all 63 jobs</a>
<footer><p>Humberline Recruitment Ltd<br>Third Floor, 20 Whitefriars Wharf<br>Hull HU1 2ER</p><p>01482 960 400</p></footer>""",
        1,
    ),
    (
        "Canadian outdoor shops in three provinces",
        """<h1>Find a store</h1><h2>Ontario</h2><div><h3>Ottawa</h3><p>366 Rockliffe Avenue<br>Ottawa, ON K1Z 8R2</p><p>613-555-0120</p></div><div><h3>Kingston</h3><p>81 Brockway Street<br>Kingston, ON K7L 1G5</p><p>613-555-0121</p></div><div><h3>Sudbury</h3><p>1455 Lasalle Terrace<br>Sudbury, ON P3A 1Z7</p><p>705-555-0122</p></div>
<h2>Québec</h2><div><h3>Gatineau</h3><p>720, boulevard du Moulin<br>Gatineau (Québec) J8T 8K3</p><p>819-555-0123</p></div><div><h3>Sherbrooke</h3><p>2940, rue des Érables Ouest<br>Sherbrooke (Québec) J1L 1Y2</p><p>819-555-0124</p></div>
<h2>New Brunswick</h2><div><h3>Fredericton</h3><p>9 Regent Landing<br>Fredericton, NB E3B 3Z2</p><p>506-555-0125</p></div><footer>Loon &amp; Paddle Outfitters Inc. Free shipping on orders over $99.</footer>""",
        6,
    ),
    (
        "Canadian engineering consultants, offices by city and province only",
        """<h1>Contact</h1><p>For general enquiries call toll-free 1-800-555-0140 or write to info@kettleriver.example.</p><h2>Head office</h2><p>Kelowna, British Columbia<br>250-555-0141</p><h2>Regional offices</h2><p>Kamloops, British Columbia<br>250-555-0142</p><p>Prince George, British Columbia<br>250-555-0143</p><p>Red Deer, Alberta<br>403-555-0144</p><p>Saskatoon, Saskatchewan<br>306-555-0145</p><footer>Kettle River Geotechnical Ltd. © 2025</footer>""",
        5,
    ),
    (
        "Australian tractor dealer, four dealerships with postcodes",
        """<header>Mallee Ag Machinery</header><h1>Our Dealerships</h1><div class="dealer"><h2>Swan Hill</h2><p>212 Karinie Road, Swan Hill VIC 3585</p><p>Sales (03) 5550 0110<br>Parts (03) 5550 0111</p></div><div class="dealer"><h2>Mildura</h2><p>1405 Benetook Drive, Mildura VIC 3500</p><p>Sales (03) 5550 0120<br>Parts (03) 5550 0121</p></div><div class="dealer"><h2>Horsham</h2><p>57 Golf Links Way, Horsham VIC 3400</p><p>Sales (03) 5550 0130<br>Parts (03) 5550 0131</p></div><div class="dealer"><h2>Loxton</h2><p>8 Bookpurnong Terrace East, Loxton SA 5333</p><p>Sales (08) 8550 0140<br>Parts (08) 8550 0141</p></div><h2>After hours breakdown</h2><p>During harvest our technicians are on call seven days: 1800 555 010</p>""",
        4,
    ),
    (
        "Australian financial planners, streets and towns without postcodes",
        """<h1>Our offices</h1><p>Meet your adviser in person or by video.</p><div class="office"><h3>Newcastle</h3><p>Level 2, 40 Honeysuckle Lane, Newcastle</p></div><div class="office"><h3>Maitland</h3><p>311 High Terrace, Maitland</p></div><div class="office"><h3>Tamworth</h3><p>Suite 5, 19 Peelside Street, Tamworth</p></div><div class="office"><h3>Port Macquarie</h3><p>74 Hastings Parade, Port Macquarie</p></div><div class="office"><h3>Coffs Harbour</h3><p>2/16 Duke Esplanade, Coffs Harbour</p></div><p class="small">Bramwell Wealth Pty Ltd is a corporate authorised representative. General advice only.</p>""",
        5,
    ),
    (
        "Indian pump maker, registered office, works and sales offices with PIN codes",
        """<h1>Reach Us</h1><h3>Registered &amp; Corporate Office</h3><p>Varuna Flow Systems Pvt. Ltd.<br>5th Floor, Shivam Towers, Baner Link Road<br>Pune - 411045, Maharashtra<br>Tel: +91 20 5550 0100</p><h3>Works</h3><p>Unit I: Plot No. B-42, MIDC Shirwal Phase 2, Satara - 412801, Maharashtra</p><p>Unit II: Survey No. 118/3, Sanand Viramgam Road, Sanand, Ahmedabad - 382110, Gujarat</p><h3>Sales Offices</h3><p><b>Chennai:</b> 14, Second Cross, Guindy Estate, Chennai - 600032</p><p><b>New Delhi:</b> 207, Meridian Plaza, Okhla Block C, New Delhi - 110020</p><p><b>Kolkata:</b> 33B, Lansdown Lane, Kolkata - 700026</p><p>Email: sales@varunaflow.example</p>""",
        6,
    ),
    (
        "Indian paint brand, a page of authorised dealers only",
        """<nav>Home Shades Waterproofing Dealers</nav><h1>Authorised Dealers in Karnataka</h1><p>Suvarna Paints are sold only through independent authorised dealers. Please ask for a GST invoice.</p><table><tr><th>Dealer</th><th>Address</th><th>City</th><th>PIN</th></tr><tr><td>Sri Manjunatha Hardware</td><td>45, Temple Cross Road, Malleshwaram</td><td>Bengaluru</td><td>560003</td></tr><tr><td>Kaveri Colour House</td><td>12/1, Sayyaji Link Road</td><td>Mysuru</td><td>570001</td></tr><tr><td>Patil Traders</td><td>88, Station Market</td><td>Hubballi</td><td>580020</td></tr><tr><td>Coastal Paints &amp; Sanitary</td><td>3, Bunder Street</td><td>Mangaluru</td><td>575001</td></tr></table><p>Want to become a dealer? Call 1800 555 0199.</p>""",
        0,
    ),
    (
        "German sanitary wholesaler, cards with postcodes",
        """<h1>Unsere Standorte</h1><p>Sieben Mal in Westfalen und Niedersachsen: Abholmarkt, Ausstellung und Beratung.</p>
<div class="standort"><h3>Zentrale Osnabrück</h3><p>Hansering 48<br>49090 Osnabrück<br>Tel. 0541 5550-0</p></div>
<div class="standort"><h3>Münster</h3><p>Kesslerweg 112<br>48155 Münster<br>Tel. 0251 5550-10</p></div>
<div class="standort"><h3>Rheine</h3><p>Am Stadtwalde 7<br>48432 Rheine<br>Tel. 05971 5550-20</p></div>
<div class="standort"><h3>Bielefeld</h3><p>Eckendorfer Ring 203<br>33609 Bielefeld<br>Tel. 0521 5550-30</p></div>
<div class="standort"><h3>Minden</h3><p>Ziegeleistraße 15a<br>32427 Minden<br>Tel. 0571 5550-40</p></div>
<div class="standort"><h3>Nordhorn</h3><p>Euregiokamp 9<br>48531 Nordhorn<br>Tel. 05921 5550-50</p></div>
<div class="standort"><h3>Vechta</h3><p>Falkenrotter Damm 61<br>49377 Vechta<br>Tel. 04441 5550-60</p></div>
<footer><a>Impressum</a> <a>Datenschutz</a> <a>AGB</a> © Brüggemeyer Haustechnik GmbH &amp; Co. KG</footer>""",
        7,
    ),
    (
        "German imprint with the chamber and the web agency",
        """<h1>Impressum</h1><p>Angaben gemäß § 5 DDG</p><p>Ingenieurbüro Tannhauser GmbH<br>Lindenhofstraße 23<br>97072 Würzburg</p><p>Telefon: 0931 5550 120<br>E-Mail: info@ib-tannhauser.example</p><p>Geschäftsführer: Dipl.-Ing. Rolf Tannhauser<br>Registergericht: Amtsgericht Würzburg, HRB 00000<br>USt-IdNr.: DE000000000</p><h2>Zuständige Kammer</h2><p>Ingenieurekammer Beispielland<br>Kammerplatz 1<br>80335 München</p><h2>Gestaltung und Umsetzung</h2><p>Pixelhof Werbeagentur<br>Sandgasse 4<br>97421 Schweinfurt</p><h2>Haftung für Inhalte</h2><p>Die Inhalte unserer Seiten wurden mit größter Sorgfalt erstellt.</p>""",
        1,
    ),
    (
        "Austrian bakery, a table of shops",
        """<h1>Unsere Filialen</h1><p>Frisch aus der Backstube, täglich ab 6 Uhr.</p><table><tr><th>Filiale</th><th>Adresse</th><th>Sonntag geöffnet</th></tr>
<tr><td>Stammhaus</td><td>Hauptplatz 14, 4600 Wels</td><td>ja</td></tr>
<tr><td>Wels Nord</td><td>Ferihumer Allee 3, 4600 Wels</td><td>nein</td></tr>
<tr><td>Marchtrenk</td><td>Linzer Straße 48, 4614 Marchtrenk</td><td>ja</td></tr>
<tr><td>Traun</td><td>Bahnhofweg 21, 4050 Traun</td><td>ja</td></tr>
<tr><td>Leonding</td><td>Mayrhansenstraße 6, 4060 Leonding</td><td>nein</td></tr>
<tr><td>Linz Urfahr</td><td>Donaulände 77, 4040 Linz</td><td>ja</td></tr>
<tr><td>Linz Taubenmarkt</td><td>Promenadengang 2, 4020 Linz</td><td>nein</td></tr>
<tr><td>Enns</td><td>Stadtturmgasse 9, 4470 Enns</td><td>nein</td></tr>
<tr><td>Steyr</td><td>Ennskai 31, 4400 Steyr</td><td>ja</td></tr>
<tr><td>Gmunden</td><td>Seepromenade 5, 4810 Gmunden</td><td>ja</td></tr>
<tr><td>Vöcklabruck</td><td>Salzburger Straße 19, 4840 Vöcklabruck</td><td>nein</td></tr>
<tr><td>Ried</td><td>Rossmarktzeile 8, 4910 Ried im Innkreis</td><td>nein</td></tr></table><footer>Bäckerei Hinterleitner GmbH</footer>""",
        12,
    ),
    (
        "German machine builder, own companies abroad and independent agents",
        """<h1>Kontakt weltweit</h1><h2>Stammsitz</h2><p>Reutlinger &amp; Böhm Maschinenbau GmbH<br>Industriestraße 90<br>72585 Riederich<br>Deutschland</p><h2>Werk 2</h2><p>Gewerbepark Ost 5<br>08393 Meerane<br>Deutschland</p><h2>Tochtergesellschaften</h2><p>Reutlinger &amp; Böhm France SARL<br>12 rue des Tisserands<br>68100 Mulhouse<br>Frankreich</p><p>Reutlinger &amp; Böhm Inc.<br>2480 Carver Lane<br>Charlotte, NC 28273<br>USA</p><p>Reutlinger &amp; Böhm CZ s.r.o.<br>Průmyslová 1472<br>370 01 České Budějovice<br>Tschechien</p><h2>Handelsvertretungen</h2><p>Vertretung Türkei: Demirkan Makina Ltd., Organize Sanayi Cad. 17, 16140 Bursa</p><p>Vertretung Schweden: Textilteknik Ahlgren AB, Varbergsvägen 30, 504 30 Borås</p>""",
        5,
    ),
    (
        "French tool hire, twenty-five branches in a list by region",
        """<h1>Nos agences</h1><p>Location de matériel pour les professionnels et les particuliers.</p>
<h2>Bretagne</h2><ul><li><b>Rennes</b> 14 rue du Bignon Vert, 35000 Rennes</li><li><b>Saint-Malo</b> 6 avenue des Corsaires, 35400 Saint-Malo</li><li><b>Vitré</b> 22 rue de la Briqueterie, 35500 Vitré</li><li><b>Fougères</b> 3 boulevard du Granit, 35300 Fougères</li><li><b>Brest</b> 81 route du Vieux Phare, 29200 Brest</li><li><b>Quimper</b> 17 rue de Kerlan, 29000 Quimper</li><li><b>Lorient</b> 9 rue du Bassin Long, 56100 Lorient</li><li><b>Vannes</b> 40 rue du Poulfanc, 56000 Vannes</li><li><b>Saint-Brieuc</b> 5 rue des Châtelets, 22000 Saint-Brieuc</li></ul>
<h2>Pays de la Loire</h2><ul><li><b>Nantes</b> 118 boulevard des Mariniers, 44300 Nantes</li><li><b>Saint-Herblain</b> 2 rue de la Dutée, 44800 Saint-Herblain</li><li><b>Saint-Nazaire</b> 33 rue des Forges, 44600 Saint-Nazaire</li><li><b>Angers</b> 25 rue de la Gibaudière, 49000 Angers</li><li><b>Cholet</b> 8 rue des Tanneurs, 49300 Cholet</li><li><b>Saumur</b> 12 rue du Clos Bonnet, 49400 Saumur</li><li><b>Laval</b> 54 avenue de Tours, 53000 Laval</li><li><b>Le Mans</b> 70 rue de la Foucaudière, 72000 Le Mans</li><li><b>La Roche-sur-Yon</b> 19 rue Benjamin Morel, 85000 La Roche-sur-Yon</li></ul>
<h2>Normandie</h2><ul><li><b>Caen</b> 4 rue de la Folie, 14000 Caen</li><li><b>Lisieux</b> 11 rue des Drapiers, 14100 Lisieux</li><li><b>Cherbourg</b> 28 rue du Maupas, 50100 Cherbourg-en-Cotentin</li><li><b>Saint-Lô</b> 7 rue du Haras, 50000 Saint-Lô</li><li><b>Alençon</b> 36 rue de Bretagne, 61000 Alençon</li><li><b>Évreux</b> 15 rue du Long Buisson, 27000 Évreux</li><li><b>Le Havre</b> 102 rue des Chantiers, 76600 Le Havre</li></ul>""",
        25,
    ),
    (
        "French accountants, head office and two branches, with CEDEX",
        """<header>Cabinet Delmas-Roucher, experts-comptables</header><h1>Nous contacter</h1><div class="bloc"><h2>Siège social</h2><p>16, allée Jean-Forgues<br>31000 Toulouse<br>05 61 00 00 10</p></div><div class="bloc"><h2>Bureau d'Albi</h2><p>3, place du Foirail Vieux<br>81000 Albi<br>05 63 00 00 11</p></div><div class="bloc"><h2>Bureau de Montauban</h2><p>Immeuble Le Quercy<br>45, avenue de Gascogne<br>82017 Montauban Cedex<br>05 63 00 00 12</p></div><p>Du lundi au vendredi, de 8h30 à 12h et de 14h à 18h.</p><footer>Mentions légales - Politique de confidentialité</footer>""",
        3,
    ),
    (
        "French roofer, one workshop by street and town, and the towns it works in",
        """<h1>Toitures Vasseur</h1><p>Couvreur-zingueur de père en fils depuis 1962. Devis gratuit sous 48 h.</p><h2>Notre atelier</h2><p>8 chemin des Ardoisiers, Compiègne</p><p>06 00 00 00 30</p><h2>Nous intervenons à</h2><ul><li>Compiègne</li><li>Noyon</li><li>Senlis</li><li>Creil</li><li>Soissons</li><li>Pont-Sainte-Maxence</li></ul><h2>Nos prestations</h2><ul><li>Rénovation de toiture</li><li>Zinguerie</li><li>Isolation des combles</li></ul>""",
        1,
    ),
    (
        "Spanish shoe shops, streets and towns without postcodes",
        """<h1>Nuestras tiendas</h1><p>De lunes a sábado, de 10:00 a 20:30.</p><ul class="tiendas"><li><strong>Zaragoza Centro</strong><span>C/ del Coso Nuevo, 34, Zaragoza</span></li><li><strong>Zaragoza Delicias</strong><span>Avda. de las Delicias, 112, Zaragoza</span></li><li><strong>Huesca</strong><span>C/ Porches, 6, Huesca</span></li><li><strong>Teruel</strong><span>Plaza del Torico Viejo, 3, Teruel</span></li><li><strong>Logroño</strong><span>C/ Portales Altos, 51, Logroño</span></li><li><strong>Pamplona</strong><span>C/ Zapatería Nueva, 19, Pamplona</span></li><li><strong>Soria</strong><span>C/ Collado Alto, 27, Soria</span></li></ul><footer>Calzados Monreal. Envíos y devoluciones. Guía de tallas.</footer>""",
        7,
    ),
    (
        "Spanish lift company, central office and delegations with postcodes",
        """<h1>Contacto</h1><h2>Oficinas centrales</h2><p>Ascensores Turiaval, S.A.<br>Polígono Industrial Fuente del Moro, C/ Herreros, 22<br>46980 Paterna (Valencia)<br>Tel. 960 000 100</p><h2>Delegaciones</h2><div><h3>Alicante</h3><p>Avda. de Orihuela, 140, nave 3<br>03007 Alicante</p></div><div><h3>Castellón</h3><p>C/ Grecia, 8<br>12006 Castellón de la Plana</p></div><div><h3>Murcia</h3><p>C/ Mayor, 95, bajo<br>30012 Murcia</p></div><div><h3>Albacete</h3><p>Paseo de la Cuba, 17<br>02005 Albacete</p></div><h2>Asistencia 24 horas</h2><p>900 000 101</p>""",
        5,
    ),
    (
        "Italian packaging firm, the registered seat, a plant and two branches",
        """<h1>Dove siamo</h1><div><h3>Sede legale e uffici</h3><p>Via Emilia Levante 212<br>40026 Imola (BO)<br>Tel. 0542 000100</p></div><div><h3>Stabilimento</h3><p>Via del Cartonaggio 7<br>48022 Lugo (RA)</p></div><div><h3>Filiale di Verona</h3><p>Viale del Commercio Nuovo 31<br>37135 Verona (VR)</p></div><div><h3>Filiale di Bari</h3><p>Strada Vicinale Tresca 14<br>70132 Bari (BA)</p></div><footer>Imballaggi Santerno S.p.A. - Via Emilia Levante 212, 40026 Imola (BO) - P.IVA 00000000000 - Cap. soc. € 500.000 i.v.</footer>""",
        4,
    ),
    (
        "Italian optician, shops by street and town with the province",
        """<h1>I nostri negozi</h1><p>Prenota il controllo gratuito della vista nel negozio più vicino.</p><div class="negozio"><h4>Cuneo</h4><p>Corso Nizzardo 28, Cuneo</p></div><div class="negozio"><h4>Alba</h4><p>Via Maestra Vecchia 11, Alba (CN)</p></div><div class="negozio"><h4>Bra</h4><p>Via Cavour Alta 40, Bra (CN)</p></div><div class="negozio"><h4>Fossano</h4><p>Via Roma Nuova 95, Fossano (CN)</p></div><div class="negozio"><h4>Savigliano</h4><p>Piazza del Popolo 16, Savigliano (CN)</p></div><div class="negozio"><h4>Asti</h4><p>Corso Alfieri 203, Asti</p></div><footer>Ottica Bertolasso dal 1958</footer>""",
        6,
    ),
    (
        "Dutch tyre fitter, branches with postcodes",
        """<h1>Vestigingen</h1><p>Maak online een afspraak bij een van onze vestigingen.</p><div class="vestiging"><h2>Apeldoorn</h2><p>Kanaaldijk Noord 88<br>7323 AM Apeldoorn</p><p>055 555 01 00</p></div><div class="vestiging"><h2>Deventer</h2><p>Hanzeloop 14<br>7418 BB Deventer</p><p>0570 555 010</p></div><div class="vestiging"><h2>Zutphen</h2><p>De Stoven Oost 5<br>7206 AX Zutphen</p><p>0575 555 010</p></div><div class="vestiging"><h2>Doetinchem</h2><p>Edisonlaan 32<br>7006 RB Doetinchem</p><p>0314 555 010</p></div><div class="vestiging"><h2>Arnhem</h2><p>Westervoortse Kade 61<br>6827 AV Arnhem</p><p>026 555 01 00</p></div><div class="vestiging"><h2>Zwolle</h2><p>Ceintuurbaan 207a<br>8024 AA Zwolle</p><p>038 555 01 00</p></div><footer>Veldhorst Banden B.V.</footer>""",
        6,
    ),
    (
        "Dutch wholesaler, visiting address, post box and a warehouse elsewhere",
        """<h1>Contact</h1><h3>Bezoekadres</h3><p>Groenkamp Horecagroothandel B.V.<br>Takkebijsters Zuid 41<br>4817 BL Breda</p><h3>Postadres</h3><p>Postbus 3199<br>4800 DD Breda</p><h3>Magazijn en afhaalbalie</h3><p>Vlietweg 12<br>4791 EX Klundert</p><p>Telefoon 076 555 02 00<br>KvK 00000000<br>Btw NL000000000B01</p>""",
        2,
    ),
    (
        "Swedish home decoration shops, by town and street without postcodes",
        """<h1>Våra butiker</h1><p>Vardagar 10-18, lördagar 10-15.</p><ul><li><a href="/butik/vaxjo">Växjö</a> Storgatan 51</li><li><a href="/butik/kalmar">Kalmar</a> Kaggensgränd 8</li><li><a href="/butik/jonkoping">Jönköping</a> Östra Sjögatan 14</li><li><a href="/butik/linkoping">Linköping</a> Nygatan 37</li><li><a href="/butik/norrkoping">Norrköping</a> Drottninggatan 62</li><li><a href="/butik/orebro">Örebro</a> Kungsgatan 9</li><li><a href="/butik/karlstad">Karlstad</a> Tingvallagatan 20</li><li><a href="/butik/halmstad">Halmstad</a> Brogatan 33</li></ul><p>Inredning Lundqvist AB har sålt textil och möbler sedan 1986.</p>""",
        8,
    ),
    (
        "Norwegian electricians, departments with postcodes and the head office first",
        """<h1>Våre avdelinger</h1><div class="avd"><h3>Hovedkontor Hamar</h3><p>Vangsvegen 143, 2321 Hamar</p><p>Tlf. 62 00 01 00</p></div><div class="avd"><h3>Avdeling Elverum</h3><p>Grindalsvegen 12, 2406 Elverum</p><p>Tlf. 62 00 01 10</p></div><div class="avd"><h3>Avdeling Gjøvik</h3><p>Strandgata 29, 2815 Gjøvik</p><p>Tlf. 61 00 01 20</p></div><div class="avd"><h3>Avdeling Lillehammer</h3><p>Industrigata 44, 2619 Lillehammer</p><p>Tlf. 61 00 01 30</p></div><div class="avd"><h3>Avdeling Kongsvinger</h3><p>Markensvegen 3, 2212 Kongsvinger</p><p>Tlf. 62 00 01 40</p></div><footer>Mjøskraft Installasjon AS, org.nr. 000 000 000</footer>""",
        5,
    ),
    (
        "Finnish machine hire, four depots and one that has been shut",
        """<h1>Toimipisteet</h1><p><strong>Tampere</strong><br>Hatanpäänkuja 18<br>33900 Tampere</p><p><strong>Jyväskylä</strong><br>Ahjokatu 26<br>40320 Jyväskylä</p><p><strong>Lahti</strong><br>Kauppakaari 7<br>15110 Lahti</p><p><strong>Seinäjoki</strong><br>Rengastie 40<br>60120 Seinäjoki</p><h2>Suljettu toimipiste</h2><p>Porin toimipisteemme (Karjalankatu 9, 28130 Pori) on suljettu 31.12.2024. Palvelemme Porin asiakkaita Tampereelta.</p><footer>Hämeen Konevuokra Oy, Y-tunnus 0000000-0</footer>""",
        4,
    ),
    (
        "Polish electrical wholesaler, head office and branches with postcodes",
        """<h1>Oddziały</h1><h2>Centrala</h2><p>Elektrohurt Wisłok Sp. z o.o.<br>ul. Przemysłowa Nowa 14<br>35-105 Rzeszów<br>tel. 17 000 01 00</p><h2>Oddziały handlowe</h2><table><tr><td>Kraków</td><td>ul. Zawiła Górna 65, 30-390 Kraków</td></tr><tr><td>Tarnów</td><td>ul. Kochanówka 30, 33-100 Tarnów</td></tr><tr><td>Nowy Sącz</td><td>ul. Węgierska Boczna 8, 33-300 Nowy Sącz</td></tr><tr><td>Krosno</td><td>ul. Bieszczadzka 2a, 38-400 Krosno</td></tr><tr><td>Przemyśl</td><td>ul. Lwowska Mała 19, 37-700 Przemyśl</td></tr><tr><td>Lublin</td><td>ul. Mełgiewska 104, 20-234 Lublin</td></tr><tr><td>Kielce</td><td>ul. Zagnańska 211, 25-563 Kielce</td></tr></table><p>NIP 000-000-00-00, KRS 0000000000</p>""",
        8,
    ),
    (
        "Portuguese tile shops, addresses with postcodes",
        """<h1>As nossas lojas</h1><div class="loja"><h3>Aveiro (sede e fábrica)</h3><p>Rua da Cerâmica, 120<br>3810-085 Aveiro</p></div><div class="loja"><h3>Porto</h3><p>Rua de Santa Luzia Nova, 418<br>4250-415 Porto</p></div><div class="loja"><h3>Braga</h3><p>Avenida do Cávado, 77<br>4700-690 Braga</p></div><div class="loja"><h3>Coimbra</h3><p>Estrada de Eiras, Lote 6<br>3020-265 Coimbra</p></div><div class="loja"><h3>Lisboa</h3><p>Rua do Açúcar Velho, 53<br>1950-006 Lisboa</p></div><footer>Azulejaria Ria, Lda. Livro de reclamações. Política de cookies.</footer>""",
        5,
    ),
    (
        "Japanese parts maker in script, a company outline with offices and plants",
        """<h1>会社概要</h1><table><tr><th>会社名</th><td>株式会社北沢精密工業</td></tr><tr><th>設立</th><td>1961年4月</td></tr><tr><th>資本金</th><td>9,800万円</td></tr><tr><th>従業員数</th><td>412名</td></tr></table><h2>拠点一覧</h2><dl><dt>本社</dt><dd>〒390-0815 長野県松本市深志9丁目4-18<br>TEL 0263-00-0100</dd><dt>松本工場</dt><dd>〒399-0033 長野県松本市笹賀8812-5</dd><dt>諏訪工場</dt><dd>〒392-0012 長野県諏訪市四賀7740</dd><dt>東京営業所</dt><dd>〒101-0047 東京都千代田区内神田5-2-11 桐ビル6階<br>TEL 03-0000-0110</dd><dt>名古屋営業所</dt><dd>〒460-0008 愛知県名古屋市中区栄9-14-3<br>TEL 052-000-0120</dd><dt>大阪営業所</dt><dd>〒532-0011 大阪府大阪市淀川区西中島9-6-21<br>TEL 06-0000-0130</dd></dl>""",
        6,
    ),
    (
        "Japanese tea company in romaji, head office, factory and shops without postcodes",
        """<h1>Company &amp; Access</h1><h2>Head Office</h2><p>Mizuhara Seicha Co., Ltd.<br>7-15-2 Gofukucho, Aoi-ku, Shizuoka</p><h2>Factory</h2><p>1820 Kanaya Higashi, Shimada, Shizuoka Prefecture</p><h2>Shops</h2><p>Mizuhara Tea Ginza<br>9-4-12 Ginza, Chuo-ku, Tokyo</p><p>Mizuhara Tea Kyoto<br>388 Nakanocho, Nakagyo-ku, Kyoto</p><h2>History</h2><p>1924: Founded by Mizuhara Eikichi<br>1958: Incorporated<br>1997: Organic certification obtained</p>""",
        4,
    ),
)
