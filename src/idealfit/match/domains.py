"""Which internet domain stands for a company: the registrable one, unless everybody's mail or pages live there."""

from __future__ import annotations

import re
from functools import lru_cache

from publicsuffixlist import PublicSuffixList

_SUFFIXES = PublicSuffixList()  # the list that is packaged with it; nothing is fetched

# fmt: off
FREE_MAIL = frozenset((
    "gmail.com googlemail.com icloud.com me.com mac.com msn.com passport.com ymail.com rocketmail.com aim.com "
    "protonmail.com proton.me pm.me tutanota.com tutamail.com tuta.io tuta.com keemail.me fastmail.com fastmail.fm "
    "hey.com hushmail.com mail.com email.com usa.com zohomail.com zohomail.eu inbox.com lycos.com mailbox.org "
    "posteo.de posteo.net disroot.org riseup.net duck.com "
    "web.de t-online.de freenet.de arcor.de online.de 1und1.de vodafone.de kabelmail.de email.de mail.de "
    "aon.at chello.at bluewin.ch sunrise.ch hispeed.ch "
    "orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr numericable.fr bbox.fr club-internet.fr voila.fr "
    "libero.it virgilio.it alice.it tin.it inwind.it iol.it fastwebnet.it tiscali.it telefonica.net terra.es ono.com "
    "sapo.pt telenet.be skynet.be proximus.be ziggo.nl planet.nl kpnmail.nl home.nl xs4all.nl hetnet.nl casema.nl "
    "online.no spray.se bredband.net comhem.se telia.se jubii.dk mail.dk stofanet.dk kolumbus.fi luukku.com "
    "wp.pl o2.pl onet.pl onet.eu interia.pl op.pl gazeta.pl poczta.fm seznam.cz centrum.cz email.cz post.cz azet.sk "
    "freemail.hu citromail.hu abv.bg mail.bg net.hr siol.net mail.ee inbox.lv inbox.lt "
    "mail.ru inbox.ru list.ru bk.ru internet.ru rambler.ru ya.ru ukr.net i.ua meta.ua tut.by "
    "walla.co.il walla.com mynet.com superonline.com emirates.net.ae "
    "qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com tom.com aliyun.com 139.com 189.cn "
    "naver.com daum.net hanmail.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp "
    "nifty.com ocn.ne.jp biglobe.ne.jp so-net.ne.jp hinet.net pchome.com.tw "
    "rediffmail.com rediff.com sify.com in.com bol.com.br uol.com.br terra.com.br ig.com.br globo.com "
    "comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net optonline.net "
    "juno.com netzero.net frontier.com windstream.net centurylink.net roadrunner.com rr.com "
    "btinternet.com btopenworld.com ntlworld.com blueyonder.co.uk virginmedia.com talktalk.net talk21.com sky.com "
    "bigpond.com bigpond.net.au optusnet.com.au iinet.net.au xtra.co.nz shaw.ca rogers.com sympatico.ca telus.net "
    "videotron.ca mailinator.com guerrillamail.com yopmail.com 10minutemail.com trashmail.com tempmail.com "
    "sharklasers.com"
).split())
"""Domains whose mail addresses belong to anybody, throwaway ones included."""

FREE_MAIL_NAMES = frozenset("yahoo hotmail outlook live gmx aol yandex tiscali rocketmail windowslive".split())
"""Names whose every country's domain is such a one (``yahoo.co.jp``, ``gmx.at``)."""

SHARED_HOSTS = frozenset((
    "facebook.com fb.com instagram.com linkedin.com twitter.com x.com youtube.com youtu.be tiktok.com pinterest.com "
    "medium.com reddit.com github.com gitlab.com bitbucket.org google.com goo.gl bit.ly t.co tinyurl.com "
    "apple.com producthunt.com crunchbase.com angel.co wellfound.com ycombinator.com xing.com vk.com weibo.com "
    "wechat.com t.me telegram.me discord.gg discord.com linktr.ee about.me notion.so gumroad.com patreon.com etsy.com "
    "ebay.com amazon.com yelp.com tripadvisor.com wikipedia.org archive.org dropbox.com docs.com slideshare.net "
    "sharepoint.com typeform.com airtable.com calendly.com eventbrite.com meetup.com kickstarter.com indiegogo.com "
    "f6s.com g2.com capterra.com glassdoor.com indeed.com greenhouse.io lever.co ashbyhq.com workable.com "
    "recruitee.com example.com example.org example.net example.edu test.com domain.com localhost.com company.com "
    "website.com none.com"
).split())
"""Domains that hold pages of many companies, and stand for none of them."""

SITE_BUILDERS = frozenset((
    "wordpress.com substack.com tumblr.com squarespace.com hubspotpagebuilder.com godaddysites.com jimdo.com "
    "jimdofree.com jimdosite.com strikingly.com carrd.co launchrock.com unbounce.com zendesk.com freshdesk.com "
    "atlassian.net onmicrosoft.com teachable.com thinkific.com mystrikingly.com site123.me ueniweb.com business.site "
    "bandcamp.com livejournal.com typepad.com over-blog.com home.blog design.webflow.com clickfunnels.com yolasite.com"
).split())
"""Domains below which each name is somebody else's (beyond those that the public suffix list knows)."""
# fmt: on

_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}")
_SEVERAL = re.compile(r"[\s;,|]+")


def domains_in(cell: str | None) -> tuple[str, ...]:
    """Return the domains in a cell that stand for a company: of domains, web addresses and e-mail addresses.

    >>> domains_in("https://www.Acme.co.uk/about; info@acme.de, acme@gmail.com, linkedin.com/company/acme")
    ('acme.co.uk', 'acme.de')
    """
    if not cell:
        return ()
    found = (company_domain(part) for part in _SEVERAL.split(cell) if part)
    return tuple(dict.fromkeys(domain for domain in found if domain))


@lru_cache(maxsize=200_000)
def company_domain(address: str) -> str | None:
    """Return the registrable domain of a domain, web address or e-mail address, or None where it stands for no company.

    Free-mail providers, shared hosts, addresses of machines and what is no domain stand for none. International names
    come back in their ASCII form.

    >>> [company_domain(a) for a in ("emea.acme.com", "x@mail.acme.co.uk", "bob@yahoo.co.jp", "10.0.0.1", "n/a")]
    ['acme.com', 'acme.co.uk', None, None, None]
    >>> company_domain("acme.github.io"), company_domain("acme.wordpress.com"), company_domain("https://müller.de")
    ('acme.github.io', 'acme.wordpress.com', 'xn--mller-kva.de')
    """
    host = _host(address)
    if host is None:
        return None
    domain = _SUFFIXES.privatesuffix(host)
    if domain is None or domain in FREE_MAIL or domain in SHARED_HOSTS:
        return None
    if domain in SITE_BUILDERS:
        labels = host.removesuffix(f".{domain}").split(".")
        return f"{labels[-1]}.{domain}" if host != domain and labels[-1] != "www" else None
    return None if label_of(domain) in FREE_MAIL_NAMES else str(domain)


def label_of(domain: str) -> str:
    """Return the name in a registrable domain, without its suffix.

    >>> label_of("acme.co.uk"), label_of("acme.github.io")
    ('acme', 'acme')
    """
    return domain.partition(".")[0]


def _host(address: str) -> str | None:
    """Return the host in lower case, in ASCII; None where there is none."""
    text = address.strip().strip("<>()[]\"'").casefold()
    text = text.partition("://")[2] if "://" in text else text.removeprefix("mailto:")
    text = re.split(r"[/?#\\]", text, maxsplit=1)[0].rpartition("@")[2].partition(":")[0].strip(".")
    if not _HOST.fullmatch(text) or text.rpartition(".")[2].isdigit():
        return None
    if text.isascii():
        return text
    try:
        return text.encode("idna").decode("ascii")
    except UnicodeError:  # a label that is too long or holds what no name may
        return None
