-- every kind
WITH
-- cells: each company, and the cells that tests read, each read once; NULL where there is nothing to read
cells AS (
  SELECT
    companies."id" AS "id",
    CAST(companies."employees" AS Nullable(Float64)) AS "cell_0", /* employees, as a number */
    nullIf(LOWER(TRIM(BOTH ' \t\n\r\v\f' FROM companies."industry")), '') AS "cell_1", /* industry, as words */
    nullIf(LOWER(TRIM(BOTH ' \t\n\r\v\f' FROM companies."technologies")), '') AS "cell_2", /* technologies, as words */
    nullIf(LOWER(TRIM(BOTH ' \t\n\r\v\f' FROM companies."about")), '') AS "cell_3", /* about, as words */
    companies."raised_on" AS "cell_4", /* raised_on, as a day */
    nullIf(LOWER(TRIM(BOTH ' \t\n\r\v\f' FROM companies."city")), '') AS "cell_5", /* city, as words */
    nullIf(LOWER(TRIM(BOTH ' \t\n\r\v\f' FROM companies."country")), '') AS "cell_6", /* country, as words */
    companies."is_customer" AS "cell_7" /* is_customer, as true or false */
  FROM analytics.companies AS companies
),
-- tests: each company, and what each test of the profile holds of it: true, false, or NULL where unknown
tests AS (
  SELECT
    "cells"."id" AS "id",
    (
      "cells"."cell_0" >= CAST('40.0' AS Nullable(Float64))
    )
    AND (
      "cells"."cell_0" < CAST('250.0' AS Nullable(Float64))
    ) AS "answer_0", /* employees between 40 and 249 */
    (
      "cells"."cell_1" = 'software'
    ) OR (
      "cells"."cell_1" = 'fintech'
    ) AS "answer_1", /* industry is Software or Fintech */
    CASE
      WHEN isNull("cells"."cell_2")
      THEN CAST(NULL AS Nullable(Bool))
      WHEN position("cells"."cell_2", 'salesforce') > 0
      THEN match(
        "cells"."cell_2",
        '(^|[;|,])[ \\t\\n\\r\\f ]*(salesforce)[ \\t\\n\\r\\f ]*($|[;|,])'
      )
      ELSE FALSE
    END AS "answer_2", /* uses Salesforce */
    NOT (
      CASE
        WHEN isNull("cells"."cell_2")
        THEN CAST(NULL AS Nullable(Bool))
        WHEN position("cells"."cell_2", 'hubspot') > 0
        THEN match("cells"."cell_2", '(^|[;|,])[ \\t\\n\\r\\f ]*(hubspot)[ \\t\\n\\r\\f ]*($|[;|,])')
        ELSE FALSE
      END
    ) AS "answer_3", /* does not use HubSpot */
    CASE
      WHEN isNull("cells"."cell_3")
      THEN CAST(NULL AS Nullable(Bool))
      WHEN position("cells"."cell_3", 'sales') > 0
      THEN match(
        "cells"."cell_3",
        '(^|[^0-9A-Za-z_À-ÖØ-öø-῿])(head[ \\t\\n\\r\\f ]+of[ \\t\\n\\r\\f ]+sales)($|[^0-9A-Za-z_À-ÖØ-öø-῿])'
      )
      ELSE FALSE
    END AS "answer_4", /* about mentions "head of sales" */
    CASE
      WHEN "cells"."cell_4" >= addDays(today(), 1)
      THEN CAST(NULL AS Nullable(Bool))
      ELSE "cells"."cell_4" >= addDays(today(), -365)
    END AS "answer_5", /* raised in the last year */
    (
      "cells"."cell_5" = 'zürich'
    ) OR (
      "cells"."cell_5" = 'zÜrich'
    ) AS "answer_6", /* city is Zürich */
    NOT (
      (
        "cells"."cell_6" = 'us'
      ) OR (
        "cells"."cell_6" = 'gb'
      )
    ) AS "answer_7", /* country is neither US nor GB */
    "cells"."cell_7" = TRUE AS "answer_8" /* is customer is yes */
  FROM "cells"
),
-- answers: the same in whole numbers: 0 no, 1 yes, 2 unknown
answers AS (
  SELECT
    "tests"."id" AS "id",
    COALESCE(CAST("tests"."answer_0" AS Nullable(Int32)), 2) AS "answer_0",
    COALESCE(CAST("tests"."answer_1" AS Nullable(Int32)), 2) AS "answer_1",
    COALESCE(CAST("tests"."answer_2" AS Nullable(Int32)), 2) AS "answer_2",
    COALESCE(CAST("tests"."answer_3" AS Nullable(Int32)), 2) AS "answer_3",
    COALESCE(CAST("tests"."answer_4" AS Nullable(Int32)), 2) AS "answer_4",
    COALESCE(CAST("tests"."answer_5" AS Nullable(Int32)), 2) AS "answer_5",
    COALESCE(CAST("tests"."answer_6" AS Nullable(Int32)), 2) AS "answer_6",
    COALESCE(CAST("tests"."answer_7" AS Nullable(Int32)), 2) AS "answer_7",
    COALESCE(CAST("tests"."answer_8" AS Nullable(Int32)), 2) AS "answer_8"
  FROM "tests"
),
-- vectors: every combination of answers once, and its number; all that follows is worked out once for each
vectors AS (
  SELECT
    "part_1"."code_0" AS "code_0",
    MAX("part_1"."answer_0") AS "answer_0",
    MAX("part_1"."answer_1") AS "answer_1",
    MAX("part_1"."answer_2") AS "answer_2",
    MAX("part_1"."answer_3") AS "answer_3",
    MAX("part_1"."answer_4") AS "answer_4",
    MAX("part_1"."answer_5") AS "answer_5",
    MAX("part_1"."answer_6") AS "answer_6",
    MAX("part_1"."answer_7") AS "answer_7",
    MAX("part_1"."answer_8") AS "answer_8"
  FROM (
    SELECT
      "answers"."id" AS "id",
      "answers"."answer_0" AS "answer_0",
      "answers"."answer_1" AS "answer_1",
      "answers"."answer_2" AS "answer_2",
      "answers"."answer_3" AS "answer_3",
      "answers"."answer_4" AS "answer_4",
      "answers"."answer_5" AS "answer_5",
      "answers"."answer_6" AS "answer_6",
      "answers"."answer_7" AS "answer_7",
      "answers"."answer_8" AS "answer_8",
      CAST("answers"."answer_0" AS Nullable(Int64)) + (
        CAST("answers"."answer_1" AS Nullable(Int64)) * 3
      ) + (
        CAST("answers"."answer_2" AS Nullable(Int64)) * 9
      ) + (
        CAST("answers"."answer_3" AS Nullable(Int64)) * 27
      ) + (
        CAST("answers"."answer_4" AS Nullable(Int64)) * 81
      ) + (
        CAST("answers"."answer_5" AS Nullable(Int64)) * 243
      ) + (
        CAST("answers"."answer_6" AS Nullable(Int64)) * 729
      ) + (
        CAST("answers"."answer_7" AS Nullable(Int64)) * 2187
      ) + (
        CAST("answers"."answer_8" AS Nullable(Int64)) * 6561
      ) AS "code_0"
    FROM "answers"
  ) AS "part_1"
  GROUP BY
    "part_1"."code_0"
),
-- totals: points: total100 in hundredths (an unknown counts for its share of yes), then at worst and at best
totals AS (
  SELECT
    "vectors"."code_0" AS "code_0",
    "vectors"."answer_0" AS "answer_0",
    "vectors"."answer_1" AS "answer_1",
    "vectors"."answer_2" AS "answer_2",
    "vectors"."answer_3" AS "answer_3",
    "vectors"."answer_4" AS "answer_4",
    "vectors"."answer_5" AS "answer_5",
    "vectors"."answer_6" AS "answer_6",
    "vectors"."answer_7" AS "answer_7",
    "vectors"."answer_8" AS "answer_8",
    CASE
      WHEN "vectors"."answer_0" = 2
      THEN 99
      WHEN "vectors"."answer_0" = 1
      THEN 300
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_1" = 2
      THEN 66
      WHEN "vectors"."answer_1" = 1
      THEN 200
      ELSE 0
    END + CASE
      WHEN (
        "vectors"."answer_2" = 2
      ) OR (
        "vectors"."answer_3" = 2
      )
      THEN 99
      ELSE (
        CASE WHEN "vectors"."answer_2" = 1 THEN 2 ELSE 0 END + CASE WHEN "vectors"."answer_3" = 1 THEN 1 ELSE 0 END
      ) * 100
    END + CASE
      WHEN "vectors"."answer_4" = 2
      THEN 132
      WHEN "vectors"."answer_4" = 1
      THEN 400
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_5" = 2
      THEN 33
      WHEN "vectors"."answer_5" = 1
      THEN 100
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_6" = 2
      THEN -99
      WHEN "vectors"."answer_6" = 1
      THEN -300
      ELSE 0
    END AS "total100",
    CASE
      WHEN "vectors"."answer_0" = 2
      THEN 0
      WHEN "vectors"."answer_0" = 1
      THEN 3
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_1" = 2
      THEN 0
      WHEN "vectors"."answer_1" = 1
      THEN 2
      ELSE 0
    END + CASE
      WHEN (
        "vectors"."answer_2" = 2
      ) OR (
        "vectors"."answer_3" = 2
      )
      THEN 0
      ELSE CASE WHEN "vectors"."answer_2" = 1 THEN 2 ELSE 0 END + CASE WHEN "vectors"."answer_3" = 1 THEN 1 ELSE 0 END
    END + CASE
      WHEN "vectors"."answer_4" = 2
      THEN 0
      WHEN "vectors"."answer_4" = 1
      THEN 4
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_5" = 2
      THEN 0
      WHEN "vectors"."answer_5" = 1
      THEN 1
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_6" = 2
      THEN -3
      WHEN "vectors"."answer_6" = 1
      THEN -3
      ELSE 0
    END AS "total_low",
    CASE
      WHEN "vectors"."answer_0" = 2
      THEN 3
      WHEN "vectors"."answer_0" = 1
      THEN 3
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_1" = 2
      THEN 2
      WHEN "vectors"."answer_1" = 1
      THEN 2
      ELSE 0
    END + CASE
      WHEN (
        "vectors"."answer_2" = 2
      ) OR (
        "vectors"."answer_3" = 2
      )
      THEN 3
      ELSE CASE WHEN "vectors"."answer_2" = 1 THEN 2 ELSE 0 END + CASE WHEN "vectors"."answer_3" = 1 THEN 1 ELSE 0 END
    END + CASE
      WHEN "vectors"."answer_4" = 2
      THEN 4
      WHEN "vectors"."answer_4" = 1
      THEN 4
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_5" = 2
      THEN 1
      WHEN "vectors"."answer_5" = 1
      THEN 1
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_6" = 2
      THEN 0
      WHEN "vectors"."answer_6" = 1
      THEN -3
      ELSE 0
    END AS "total_high",
    (
      "vectors"."answer_7" = 1
    ) OR (
      "vectors"."answer_8" = 1
    ) AS "disqualified",
    (
      "vectors"."answer_7" = 2
    ) OR (
      "vectors"."answer_8" = 2
    ) AS "in_doubt"
  FROM "vectors"
),
-- fits: points as a fit from 0 to 100, whole numbers only, halves up; with its worst and best case
fits AS (
  SELECT
    "totals"."code_0" AS "code_0",
    "totals"."answer_0" AS "answer_0",
    "totals"."answer_1" AS "answer_1",
    "totals"."answer_2" AS "answer_2",
    "totals"."answer_3" AS "answer_3",
    "totals"."answer_4" AS "answer_4",
    "totals"."answer_5" AS "answer_5",
    "totals"."answer_6" AS "answer_6",
    "totals"."answer_7" AS "answer_7",
    "totals"."answer_8" AS "answer_8",
    "totals"."total100" AS "total100",
    "totals"."total_low" AS "total_low",
    "totals"."total_high" AS "total_high",
    "totals"."disqualified" AS "disqualified",
    "totals"."in_doubt" AS "in_doubt",
    CASE
      WHEN "totals"."disqualified"
      THEN 0
      ELSE GREATEST(
        0,
        LEAST(
          100,
          CAST(FLOOR((
            (
              "totals"."total100" * 200
            ) + 61600
          ) / (
            3200
          )) AS Nullable(Int64))
        )
      )
    END AS "fit",
    CASE
      WHEN "totals"."disqualified" OR "totals"."in_doubt"
      THEN 0
      ELSE GREATEST(
        0,
        LEAST(
          100,
          CAST(FLOOR((
            (
              "totals"."total_low" * 100 * 200
            ) + 61600
          ) / (
            3200
          )) AS Nullable(Int64))
        )
      )
    END AS "fit_low",
    CASE
      WHEN "totals"."disqualified"
      THEN 0
      ELSE GREATEST(
        0,
        LEAST(
          100,
          CAST(FLOOR((
            (
              "totals"."total_high" * 100 * 200
            ) + 61600
          ) / (
            3200
          )) AS Nullable(Int64))
        )
      )
    END AS "fit_high"
  FROM "totals"
),
-- tiers: the first tier that the fit reaches
tiers AS (
  SELECT
    "fits"."code_0" AS "code_0",
    "fits"."answer_0" AS "answer_0",
    "fits"."answer_1" AS "answer_1",
    "fits"."answer_2" AS "answer_2",
    "fits"."answer_3" AS "answer_3",
    "fits"."answer_4" AS "answer_4",
    "fits"."answer_5" AS "answer_5",
    "fits"."answer_6" AS "answer_6",
    "fits"."answer_7" AS "answer_7",
    "fits"."answer_8" AS "answer_8",
    "fits"."total100" AS "total100",
    "fits"."total_low" AS "total_low",
    "fits"."total_high" AS "total_high",
    "fits"."disqualified" AS "disqualified",
    "fits"."in_doubt" AS "in_doubt",
    "fits"."fit" AS "fit",
    "fits"."fit_low" AS "fit_low",
    "fits"."fit_high" AS "fit_high",
    CASE
      WHEN "fits"."disqualified"
      THEN 'disqualified'
      ELSE CASE
        WHEN "fits"."fit" >= 65
        THEN 'it''s "A"'
        WHEN "fits"."fit" >= 0
        THEN 'B'
        ELSE 'no tier'
      END
    END AS "tier",
    CASE WHEN "fits"."total100" >= 732 THEN 1 ELSE 0 END + CASE WHEN "fits"."total100" >= -308 THEN 1 ELSE 0 END AS "reached"
  FROM "fits"
),
-- win_rates: the win rate of the fit's band, and the widest interval of the bands the unknown spans
win_rates AS (
  SELECT
    "tiers"."code_0" AS "code_0",
    "tiers"."answer_0" AS "answer_0",
    "tiers"."answer_1" AS "answer_1",
    "tiers"."answer_2" AS "answer_2",
    "tiers"."answer_3" AS "answer_3",
    "tiers"."answer_4" AS "answer_4",
    "tiers"."answer_5" AS "answer_5",
    "tiers"."answer_6" AS "answer_6",
    "tiers"."answer_7" AS "answer_7",
    "tiers"."answer_8" AS "answer_8",
    "tiers"."total100" AS "total100",
    "tiers"."total_low" AS "total_low",
    "tiers"."total_high" AS "total_high",
    "tiers"."disqualified" AS "disqualified",
    "tiers"."in_doubt" AS "in_doubt",
    "tiers"."fit" AS "fit",
    "tiers"."fit_low" AS "fit_low",
    "tiers"."fit_high" AS "fit_high",
    "tiers"."tier" AS "tier",
    "tiers"."reached" AS "reached",
    CASE
      WHEN "tiers"."fit" BETWEEN 0 AND 49
      THEN CAST('0.1' AS Nullable(Float64))
      WHEN "tiers"."fit" BETWEEN 50 AND 100
      THEN CAST('0.6666666666666666' AS Nullable(Float64))
      ELSE NULL
    END AS "win_rate",
    CASE
      WHEN (
        "tiers"."fit_low" <= 100
      ) AND (
        "tiers"."fit_high" >= 50
      )
      THEN CAST('0.05' AS Nullable(Float64))
      WHEN (
        "tiers"."fit_low" <= 49
      ) AND (
        "tiers"."fit_high" >= 0
      )
      THEN CAST('0.30000000000000004' AS Nullable(Float64))
      ELSE NULL
    END AS "win_rate_low",
    CASE
      WHEN (
        "tiers"."fit_low" <= 100
      ) AND (
        "tiers"."fit_high" >= 50
      )
      THEN CAST('0.9' AS Nullable(Float64))
      WHEN (
        "tiers"."fit_low" <= 49
      ) AND (
        "tiers"."fit_high" >= 0
      )
      THEN CAST('0.3333333333333333' AS Nullable(Float64))
      ELSE NULL
    END AS "win_rate_high"
  FROM "tiers"
),
-- in_words: what speaks for a company, what against it, and what is unknown, in words
in_words AS (
  SELECT
    "win_rates"."code_0" AS "code_0",
    "win_rates"."answer_0" AS "answer_0",
    "win_rates"."answer_1" AS "answer_1",
    "win_rates"."answer_2" AS "answer_2",
    "win_rates"."answer_3" AS "answer_3",
    "win_rates"."answer_4" AS "answer_4",
    "win_rates"."answer_5" AS "answer_5",
    "win_rates"."answer_6" AS "answer_6",
    "win_rates"."answer_7" AS "answer_7",
    "win_rates"."answer_8" AS "answer_8",
    "win_rates"."total100" AS "total100",
    "win_rates"."total_low" AS "total_low",
    "win_rates"."total_high" AS "total_high",
    "win_rates"."disqualified" AS "disqualified",
    "win_rates"."in_doubt" AS "in_doubt",
    "win_rates"."fit" AS "fit",
    "win_rates"."fit_low" AS "fit_low",
    "win_rates"."fit_high" AS "fit_high",
    "win_rates"."tier" AS "tier",
    "win_rates"."reached" AS "reached",
    "win_rates"."win_rate" AS "win_rate",
    "win_rates"."win_rate_low" AS "win_rate_low",
    "win_rates"."win_rate_high" AS "win_rate_high",
    SUBSTRING(
      CONCAT(
        CONCAT(
          CONCAT(
            CONCAT(
              CONCAT(
                CASE
                  WHEN "win_rates"."answer_0" = 1
                  THEN '; employees between 40 and 249 (+3)'
                  ELSE ''
                END,
                CASE
                  WHEN "win_rates"."answer_1" = 1
                  THEN '; industry is Software or Fintech (+2)'
                  ELSE ''
                END
              ),
              CASE WHEN "win_rates"."answer_2" = 1 THEN '; uses Salesforce (+2)' ELSE '' END
            ),
            CASE WHEN "win_rates"."answer_3" = 1 THEN '; does not use HubSpot (+1)' ELSE '' END
          ),
          CASE
            WHEN "win_rates"."answer_4" = 1
            THEN '; about mentions "head of sales" (+4)'
            ELSE ''
          END
        ),
        CASE
          WHEN "win_rates"."answer_5" = 1
          THEN '; raised in the last year (+1)'
          ELSE ''
        END
      ),
      3
    ) AS "reasons",
    SUBSTRING(
      CONCAT(
        CONCAT(
          CONCAT(
            CONCAT(
              CONCAT(
                CONCAT(
                  CONCAT(
                    CONCAT(
                      CASE
                        WHEN "win_rates"."answer_7" = 1
                        THEN '; disqualified: country is neither US nor GB'
                        ELSE ''
                      END,
                      CASE
                        WHEN "win_rates"."answer_8" = 1
                        THEN '; disqualified: is customer is yes'
                        ELSE ''
                      END
                    ),
                    CASE
                      WHEN "win_rates"."answer_0" = 0
                      THEN '; employees not between 40 and 249 (0 of 3)'
                      ELSE ''
                    END
                  ),
                  CASE
                    WHEN "win_rates"."answer_1" = 0
                    THEN '; industry is neither Software nor Fintech (0 of 2)'
                    ELSE ''
                  END
                ),
                CASE
                  WHEN (
                    "win_rates"."answer_2" = 0
                  )
                  AND (
                    (
                      CASE WHEN "win_rates"."answer_2" = 1 THEN 2 ELSE 0 END + CASE WHEN "win_rates"."answer_3" = 1 THEN 1 ELSE 0 END
                    ) < 3
                  )
                  THEN '; does not use Salesforce (0 of 2)'
                  ELSE ''
                END
              ),
              CASE
                WHEN (
                  "win_rates"."answer_3" = 0
                )
                AND (
                  (
                    CASE WHEN "win_rates"."answer_2" = 1 THEN 2 ELSE 0 END + CASE WHEN "win_rates"."answer_3" = 1 THEN 1 ELSE 0 END
                  ) < 3
                )
                THEN '; uses HubSpot (0 of 1)'
                ELSE ''
              END
            ),
            CASE
              WHEN "win_rates"."answer_4" = 0
              THEN '; about does not mention "head of sales" (0 of 4)'
              ELSE ''
            END
          ),
          CASE
            WHEN "win_rates"."answer_5" = 0
            THEN '; raised more than 1 year ago (0 of 1)'
            ELSE ''
          END
        ),
        CASE WHEN "win_rates"."answer_6" = 1 THEN '; city is Zürich (-3)' ELSE '' END
      ),
      3
    ) AS "against",
    SUBSTRING(
      CONCAT(
        CONCAT(
          CONCAT(
            CONCAT(
              CONCAT(
                CONCAT(
                  CONCAT(
                    CASE WHEN "win_rates"."answer_0" = 2 THEN ', employees' ELSE '' END,
                    CASE WHEN "win_rates"."answer_1" = 2 THEN ', industry' ELSE '' END
                  ),
                  CASE
                    WHEN (
                      "win_rates"."answer_2" = 2
                    ) OR (
                      "win_rates"."answer_3" = 2
                    )
                    THEN ', technologies'
                    ELSE ''
                  END
                ),
                CASE WHEN "win_rates"."answer_4" = 2 THEN ', about' ELSE '' END
              ),
              CASE WHEN "win_rates"."answer_5" = 2 THEN ', raised on' ELSE '' END
            ),
            CASE WHEN "win_rates"."answer_6" = 2 THEN ', city' ELSE '' END
          ),
          CASE WHEN "win_rates"."answer_7" = 2 THEN ', country' ELSE '' END
        ),
        CASE WHEN "win_rates"."answer_8" = 2 THEN ', is customer' ELSE '' END
      ),
      3
    ) AS "unknown"
  FROM "win_rates"
),
-- outcomes: the unknown attribute to find out first: it could change the tier
outcomes AS (
  SELECT
    "in_words"."code_0" AS "code_0",
    "in_words"."answer_0" AS "answer_0",
    "in_words"."answer_1" AS "answer_1",
    "in_words"."answer_2" AS "answer_2",
    "in_words"."answer_3" AS "answer_3",
    "in_words"."answer_4" AS "answer_4",
    "in_words"."answer_5" AS "answer_5",
    "in_words"."answer_6" AS "answer_6",
    "in_words"."answer_7" AS "answer_7",
    "in_words"."answer_8" AS "answer_8",
    "in_words"."total100" AS "total100",
    "in_words"."total_low" AS "total_low",
    "in_words"."total_high" AS "total_high",
    "in_words"."disqualified" AS "disqualified",
    "in_words"."in_doubt" AS "in_doubt",
    "in_words"."fit" AS "fit",
    "in_words"."fit_low" AS "fit_low",
    "in_words"."fit_high" AS "fit_high",
    "in_words"."tier" AS "tier",
    "in_words"."reached" AS "reached",
    "in_words"."win_rate" AS "win_rate",
    "in_words"."win_rate_low" AS "win_rate_low",
    "in_words"."win_rate_high" AS "win_rate_high",
    "in_words"."reasons" AS "reasons",
    "in_words"."against" AS "against",
    "in_words"."unknown" AS "unknown",
    CASE
      WHEN "in_words"."disqualified"
      THEN ''
      WHEN (
        "in_words"."answer_4" = 2
      )
      AND (
        (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + -132
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + -132
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
        OR (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + 268
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + 268
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
      )
      THEN 'about'
      WHEN (
        "in_words"."answer_0" = 2
      )
      AND (
        (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + -99
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + -99
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
        OR (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + 201
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + 201
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
      )
      THEN 'employees'
      WHEN (
        (
          "in_words"."answer_2" = 2
        ) OR (
          "in_words"."answer_3" = 2
        )
      )
      AND (
        (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + -99
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + -99
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
        OR (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + 201
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + 201
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
      )
      THEN 'technologies'
      WHEN (
        "in_words"."answer_6" = 2
      )
      AND (
        (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + -201
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + -201
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
        OR (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + 99
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + 99
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
      )
      THEN 'city'
      WHEN (
        "in_words"."answer_1" = 2
      )
      AND (
        (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + -66
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + -66
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
        OR (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + 134
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + 134
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
      )
      THEN 'industry'
      WHEN (
        "in_words"."answer_5" = 2
      )
      AND (
        (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + -33
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + -33
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
        OR (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + 67
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + 67
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
      )
      THEN 'raised_on'
      WHEN (
        "in_words"."answer_7" = 2
      ) AND (
        "in_words"."answer_7" = 2
      )
      THEN 'country'
      WHEN (
        "in_words"."answer_8" = 2
      ) AND (
        "in_words"."answer_8" = 2
      )
      THEN 'is_customer'
      ELSE ''
    END AS "enrich_next"
  FROM "in_words"
),
-- coded: each company, and the number of its combination
coded AS (
  SELECT
    "answers"."id" AS "id",
    CAST("answers"."answer_0" AS Nullable(Int64)) + (
      CAST("answers"."answer_1" AS Nullable(Int64)) * 3
    ) + (
      CAST("answers"."answer_2" AS Nullable(Int64)) * 9
    ) + (
      CAST("answers"."answer_3" AS Nullable(Int64)) * 27
    ) + (
      CAST("answers"."answer_4" AS Nullable(Int64)) * 81
    ) + (
      CAST("answers"."answer_5" AS Nullable(Int64)) * 243
    ) + (
      CAST("answers"."answer_6" AS Nullable(Int64)) * 729
    ) + (
      CAST("answers"."answer_7" AS Nullable(Int64)) * 2187
    ) + (
      CAST("answers"."answer_8" AS Nullable(Int64)) * 6561
    ) AS "code_0"
  FROM "answers"
)
-- scores: each company with what its combination comes to
SELECT
  "coded"."id" AS "id",
  "outcomes"."fit" AS "fit",
  "outcomes"."fit_low" AS "fit_low",
  "outcomes"."fit_high" AS "fit_high",
  "outcomes"."win_rate" AS "win_rate",
  "outcomes"."win_rate_low" AS "win_rate_low",
  "outcomes"."win_rate_high" AS "win_rate_high",
  "outcomes"."tier" AS "tier",
  "outcomes"."reasons" AS "reasons",
  "outcomes"."against" AS "against",
  "outcomes"."unknown" AS "unknown",
  "outcomes"."enrich_next" AS "enrich_next"
FROM "coded"
LEFT OUTER JOIN "outcomes"
  ON "coded"."code_0" = "outcomes"."code_0"
