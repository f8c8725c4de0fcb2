from knowledge.synonyms import Synonyms


def test_a_form_that_a_corpus_lacks_is_said_in_the_form_that_it_uses_most():
    spoken = Synonyms().spoken_by(lambda form: {"臭氧": 2, "轨道交通": 1}.get(form, 0))
    assert (spoken["ozone"], spoken["地铁"]) == ("臭氧", "轨道交通")
    assert "臭氧" not in spoken


def test_what_no_form_of_is_used_keeps_its_words():
    assert Synonyms().spoken_by(lambda _: 0) == {}
