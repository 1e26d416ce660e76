"""8-Ks by their sentences: who leaves, who comes, and all that only looks like it."""

from __future__ import annotations

import pytest

from idealfit.watch.current_reports import told_by_8k

SENTENCES = """
departure General Counsel < On December 1, 2025, Dana Roe, Senior Vice President, General Counsel and Secretary of
  Acme Inc., notified Acme of her intention to retire in late 2026.
appointment Chief Financial Officer;departure Chief Financial Officer < On March 3, 2026, the Board appointed Dana
  Roe as Chief Financial Officer, succeeding Al Poe, who resigned as Chief Financial Officer effective the same day.
nothing < There are no family relationships between Ms. Roe and any director or executive officer of the Company,
  and she was not appointed pursuant to any arrangement or understanding.
nothing < There is no arrangement or understanding between Ms. Roe and any other person pursuant to which she was
  selected or appointed as Chief Operating Officer.
nothing < Prior to joining the Company, Ms. Roe, age 52, was named President of Globex Corporation in 2019.
nothing < From 2015 to 2019 she served as Chief Marketing Officer of Initech, to which role she was appointed in
  2015.
nothing < In the event of a termination of his employment without cause, the Chief Executive Officer would be
  entitled to severance equal to two times base salary.
nothing < Upon a qualifying termination, the President will be entitled to receive a lump sum.
nothing < The following table sets forth the target bonus for each named executive officer, including our President,
  as a percentage of base salary.
appointment director < On April 2, 2026, the Board increased its size and elected Dana Roe as a director, to serve
  until the next annual meeting.
nothing < The Committee approved a retention award for the Company's Chief Technology Officer, which vests on the
  second anniversary provided he has not resigned.
nothing < Mr. Roe will continue to serve as Chief Executive Officer until his successor is appointed.
departure Chief Revenue Officer < Mr. Roe's resignation was not the result of any disagreement with the Company on
  any matter relating to its operations; he will step down as Chief Revenue Officer on May 1.
nothing < The Board has commenced a search for a new Chief Financial Officer.
appointment Chief People Officer < Effective March 1, Ms. Roe will become the Company's Chief People Officer.
departure Chief Operating Officer < Mr. Roe transitioned from his role as Chief Operating Officer and will serve as
  an advisor until June.
nothing < On May 5, 2026, the Compensation Committee approved an amendment to the Executive Severance Plan in which
  the Chief Financial Officer participates, as described below.
nothing < Stockholders approved the 2026 Equity Plan, under which employees, directors and consultants may be
  granted awards as elected by them.
appointment Chief Revenue Officer < Mr. Roe, 47, was promoted from Vice President of Sales to Chief Revenue Officer,
  effective immediately.
departure President < The Company and its former President entered into a separation agreement.
departure Chief Accounting Officer < As previously disclosed, on June 1, 2026 Ms. Roe notified the Board of her
  decision to resign from her position as Chief Accounting Officer to pursue other interests.
appointment Interim Chief Financial Officer < Ms. Roe, who has served as Vice President of Finance since 2021, was
  appointed Interim Chief Financial Officer on June 3, 2026.
appointment Chief Executive Officer < The Board named Al Poe to the position of President and Chief Executive
  Officer and as a member of the Board.
nothing < In connection with his appointment, Mr. Roe will receive an annual base salary of $500,000 and a target
  bonus.
nothing < Mr. Roe has been the Chief Executive Officer of Umbrella Inc. since 2020 and was elected to its board in
  2021.
departure director < On July 9, 2026, Dana Roe informed the Company that he will not stand for re-election as a
  director at the annual meeting.
nothing < The employment agreement with the Chief Operating Officer may be terminated by either party on 90 days'
  notice.
nothing < Under the plan, the Chief Executive Officer and President may elect to defer part of the bonus.
departure Chief Product Officer < The Company announced that its Chief Product Officer, Dana Roe, will leave the
  Company on August 1, 2026.
nothing < The Company's stockholders elected nine directors and ratified the appointment of the auditor.
appointment Chief Executive Officer;appointment Chair of the Board < Mr. Roe will succeed Ms. Roe as Chief Executive
  Officer, effective January 1, 2027, and Ms. Roe will become Executive Chair of the Board.
nothing < The Board appointed Mr. Roe to the Audit Committee.
nothing < The compensation of the Chief Financial Officer was increased, effective July 1, 2026, in recognition of
  her promotion in 2024.
departure Chief Financial Officer < On January 5, 2026, Globex Corp. (the "Company") announced that Dana Roe, the
  Company's Executive Vice President and Chief Financial Officer, will be retiring from the Company effective March
  31, 2026.
appointment Chief Financial Officer < The Company has appointed Dana Roe, currently the Company's Senior Vice
  President, Finance, to succeed Mr. Roe as Chief Financial Officer, effective April 1, 2026.
nothing < Mr. Roe, age 45, joined the Company in 2018 and has served in roles of increasing responsibility,
  including as Treasurer.
departure director < On February 9, 2026, the Board of Directors of Initech, Inc. accepted the resignation of Dana
  Roe as a member of the Board and as Chair of the Audit Committee.
nothing < Dana Roe's decision to resign was not due to any disagreement with the Company.
appointment Chief Operating Officer < Effective February 10, 2026, Dana Roe will assume the role of Chief Operating
  Officer in addition to his current role as President.
departure Chief Technology Officer < Dana Roe's employment as Chief Technology Officer was terminated without cause
  effective May 1, 2026.
departure Chief Marketing Officer < On May 12, 2026, Dana Roe and the Company mutually agreed that Ms. Roe would
  step down as Chief Marketing Officer, effective immediately.
appointment director < The Board elected Dana Roe to serve as a Class II director of the Company, filling a vacancy
  created by the departure of Dana Roe.
nothing < Before his appointment, Mr. Roe was Chief Executive Officer of Hooli from 2016.
appointment principal accounting officer < Dana Roe has been appointed as the Company's principal accounting
  officer.
appointment President < The Company entered into an employment agreement with Mr. Roe in connection with his
  appointment as President.
appointment Chief Executive Officer < Under his offer letter, Mr. Roe will serve as Chief Executive Officer and will
  receive a base salary of $700,000.
nothing < The Amended Plan increases the shares available to directors and officers who retire after age 60.
nothing < The Chief Executive Officer's change in control agreement was amended to extend the severance period
  following a termination of her employment.
departure Vice President of Operations < Dana Roe, our Vice President of Operations, gave notice of her resignation
  on June 8, 2026.
nothing < Mr. Roe will remain with the Company as Executive Chairman, and the Board intends to appoint a new Chief
  Executive Officer by year end.
departure Chief Legal Officer < On August 3, 2026, the Board approved the separation of Mr. Roe from his position as
  Chief Legal Officer.
nothing < The Committee granted Ms. Roe, Chief Executive Officer, 100,000 restricted stock units that vest upon her
  retirement.
departure Secretary < Dana Roe tendered her resignation as Corporate Secretary.
"""


@pytest.mark.parametrize("line", SENTENCES.strip().replace("\n  ", " ").split("\n"))
def test_a_change_of_officers_is_told_by_its_clause(line):
    wanted, _, sentence = line.partition(" < ")
    html = f"<p>Item 5.02. Departure of Directors or Certain Officers; Election of Directors.</p><p>{sentence}</p>"
    told = [f"{one.kind} {one.role}" for one in told_by_8k(html) if one.kind != "compensation"]
    assert ";".join(told) == wanted.replace("nothing", "")


def test_an_item_with_two_things_in_its_title_is_told_by_its_text():
    report = (
        "<p>Item 2.01. Completion of Acquisition or Disposition of Assets.</p><p>{}</p>"
        "<p>Item 2.05. Costs Associated with Exit or Disposal Activities.</p><p>{}</p>"
    )
    bought = report.format("On May 1 the Company completed the purchase of Globex.", "The plan closes the Leeds plant.")
    sold = report.format(
        "On May 1 the Company completed the sale of its paper business.", "The plan reduces the workforce by about 9%."
    )
    assert [one.kind for one in told_by_8k(bought)] == ["acquisition", "restructuring"]
    assert [one.kind for one in told_by_8k(sold)] == ["divestiture", "layoffs"]


def test_a_title_before_a_name_ends_no_sentence():
    html = "<p>Item 5.02. Departure.</p><p>On May 1, 2026, Mr. Roe resigned as Chief Financial Officer of Acme.</p>"
    (told,) = told_by_8k(html)
    assert told.quote.startswith("On May 1, 2026, Mr. Roe resigned")
