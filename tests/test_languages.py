"""What is said in languages without cue phrases is counted and said, never read in silence."""

import pytest

from idealfit.learn.languages import language_of, unread

SAID = {
    "English": "Nobody knew who owned the account, so we lost it.",
    "German": "Wir verlieren jede Woche Aufträge und niemand weiß warum.",
    "French": "Nous perdons des clients parce que personne ne les rappelle.",
    "Spanish": "Perdemos clientes porque nadie los llama a tiempo.",
    "Italian": "Perdiamo clienti perché nessuno li richiama e non abbiamo tempo.",
    "Dutch": "We verliezen klanten omdat niemand het weet en dat is niet goed voor ons.",
    "Polish": "Tracimy klientów, bo nikt nie wie, do kogo to należy.",
    "Cyrillic": "Мы теряем клиентов, и никто не знает почему.",
    "Japanese": "誰も担当者を知らないので、毎週お客様を失っています。",
    "Arabic": "نفقد العملاء كل أسبوع ولا أحد يعرف السبب",
}


@pytest.mark.parametrize(("language", "text"), SAID.items())
def test_a_language_is_known_by_its_words_or_letters(language, text):
    assert language_of(text) == language


def test_what_is_not_read_is_counted_by_language():
    texts = [SAID["English"], *[SAID["Italian"]] * 3, SAID["Cyrillic"], "Ok.", ""]
    (told,) = unread(texts)
    assert told.startswith("4 of 7 utterances of customers were not read")
    assert "(Italian 3, Cyrillic 1)" in told
    assert "English, German, French and Spanish" in told


def test_where_all_is_read_nothing_is_said():
    assert unread([SAID["English"], SAID["German"], "Fine.", "CRM ERP API"]) == ()
