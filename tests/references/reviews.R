# What base R makes of reviews.csv, drawn by drawn_reviews.py, asked as reviews/plan.yaml asks. What base R has no function for is
# written out from its definition: by pairs of records, by numerical derivatives, by roots, not by the formulas of the product.
#     python -m tests.references.run reviews.R
all <- read.csv("reviews.csv")
names(all) <- gsub(".", "-", names(all), fixed = TRUE)
said <- character(0)
say <- function(at, ...) {
  values <- c(...)
  for (name in names(values)) said[[paste(at, name, sep = "/")]] <<- formatC(values[[name]], digits = 17, format = "g", width = 1)
}
z <- qnorm(0.975)
answers <- list(
  outcome = c("fatal", "harm"), plan = c("never", "past", "now"), severity = c("low", "medium", "high", "extreme"),
  region = c("north", "middle", "south"), setting = c("home", "street", "school", "other"),
  abuse = c("yes", "no"), illness = c("yes", "no"), drugs = c("yes", "no"), before = c("yes", "no"), after = c("yes", "no")
)
known <- function(...) { names <- c(...); all[complete.cases(all[, names]), ] }
chosen <- function(row, name) answers[[name]][row[[name]]]
crossed <- function(rows, name, other) {
  table(factor(rows[[name]], seq_along(answers[[name]]), answers[[name]]), factor(rows[[other]], seq_along(answers[[other]]), answers[[other]]))
}

# Derivatives by complex steps, so that standard errors are those of the delta method, to rounding.
gradient <- function(f, p) sapply(seq_along(p), function(k) { q <- p + 0i; q[k] <- q[k] + 1e-20i; Im(f(q)) / 1e-20 })
delta_error <- function(f, m) { p <- as.vector(m) / sum(m); g <- gradient(function(q) f(array(q, dim(m))), p); sqrt((sum(p * g^2) - sum(p * g)^2) / sum(m)) }
pairs <- function(p) { # shares of pairs of records in the same, in the opposite order
  r <- nrow(p); c <- ncol(p); same <- opposite <- 0
  for (i in 1:r) for (j in 1:c) for (h in 1:r) for (k in 1:c) {
    if (h > i && k > j) same <- same + 2 * p[i, j] * p[h, k]
    if (h > i && k < j) opposite <- opposite + 2 * p[i, j] * p[h, k]
  }
  c(same, opposite)
}
excess <- function(p) { both <- pairs(p); both[1] - both[2] }
rows_differ <- function(p) 1 - sum(rowSums(p)^2)
columns_differ <- function(p) 1 - sum(colSums(p)^2)
ordinal <- list(
  gamma = list(function(p) excess(p) / sum(pairs(p)), function(p) sum(pairs(p))),
  "tau-b" = list(function(p) excess(p) / sqrt(rows_differ(p) * columns_differ(p)), function(p) sqrt(rows_differ(p) * columns_differ(p))),
  "somers-d" = list(function(p) 2 * excess(p) / (rows_differ(p) + columns_differ(p)), function(p) (rows_differ(p) + columns_differ(p)) / 2)
)
measure <- function(at, m, names) for (name in names) {
  m <- unclass(m); p <- m / sum(m); value <- ordinal[[name]][[1]](p); error <- delta_error(ordinal[[name]][[1]], m)
  null <- delta_error(excess, m) / ordinal[[name]][[2]](p)
  if (name == "somers-d") { # SPSS takes the error of tau-b, scaled; by the delta method it is a little smaller or larger
    say(paste(at, name, sep = "/"), low.delta = value - z * error, high.delta = value + z * error)
    error <- delta_error(ordinal[["tau-b"]][[1]], m) * ordinal[["tau-b"]][[2]](p) / ordinal[["somers-d"]][[2]](p)
  }
  say(paste(at, name, sep = "/"), statistic = value, low = value - z * error, high = value + z * error, p = 2 * pnorm(-abs(value / null)))
}

chi_square <- function(at, m, correct = FALSE) {
  found <- suppressWarnings(chisq.test(m, correct = correct))
  say(at, statistic = unname(found$statistic), df = unname(found$parameter), p = found$p.value)
  invisible(found)
}
likelihood_ratio <- function(at, m) {
  fit <- suppressWarnings(loglin(m, list(1, 2), print = FALSE))
  say(at, statistic = fit$lrt, df = fit$df, p = pchisq(fit$lrt, fit$df, lower.tail = FALSE))
}
linear <- function(at, m) {
  long <- cbind(row(m)[TRUE], col(m)[TRUE]); r <- cov.wt(long, as.vector(m) / sum(m), cor = TRUE)$cor[1, 2]
  say(at, statistic = (sum(m) - 1) * r^2, df = 1, p = pchisq((sum(m) - 1) * r^2, 1, lower.tail = FALSE))
}
test <- function(at, found) say(at, statistic = unname(found$statistic), df = unname(found$parameter), p = found$p.value)

wilson <- function(n, of) 100 * suppressWarnings(prop.test(n, of, correct = FALSE))$conf.int
cells <- function(slug, m, layer = "", fitted = TRUE, intervals = TRUE) {
  with_totals <- addmargins(m, FUN = list(total = sum), quiet = TRUE)
  for (i in rownames(with_totals)) for (j in colnames(with_totals)) {
    at <- paste0(slug, "/", i, ".", j, layer); n <- with_totals[i, j]; column <- with_totals["total", j]; row <- with_totals[i, "total"]
    say(at, count = n, base = column)
    if (column > 0 && row > 0) say(at, percent.row = 100 * n / row, percent.column = 100 * n / column, percent.total = 100 * n / sum(m))
    if (i != "total" && column > 0 && intervals) { inside <- wilson(n, column); say(at, low = inside[1], high = inside[2]) }
  }
  if (fitted) fitted_cells(slug, m, layer)
}
fitted_cells <- function(slug, m, layer = "") {
  found <- suppressWarnings(chisq.test(m, correct = FALSE))
  for (i in rownames(m)) for (j in colnames(m)) {
    say(paste0(slug, "/", i, ".", j, layer), expected = found$expected[i, j], residual = found$residuals[i, j], adjusted = found$stdres[i, j])
  }
}

# Frequencies, shares, multiple responses, combinations.
plans <- table(factor(all$plan, 1:3, answers$plan)); base <- sum(plans)
for (one in names(plans)) {
  n <- plans[[one]]
  inside <- wilson(n, base); exactly <- 100 * binom.test(n, base)$conf.int
  say(paste0("plans/", one), count = n, base = base, percent.column = 100 * n / base, percent.records = 100 * n / nrow(all),
      percent.cumulative = 100 * sum(plans[1:match(one, names(plans))]) / base, low = inside[1], high = inside[2])
  say(paste0("plans-exactly/", one), count = n, percent.column = 100 * n / base, low = exactly[1], high = exactly[2])
}
weighted <- known("plan", "weight"); sums <- tapply(weighted$weight, weighted$plan, sum)
for (k in 1:3) say(paste0("plans-weighted/", answers$plan[k]), count = sum(weighted$plan == k), weighted = sums[[k]], percent.column = 100 * sums[[k]] / sum(sums))
m <- crossed(known("region", "outcome"), "region", "outcome")
for (one in rownames(m)) {
  inside <- wilson(m[one, "fatal"], sum(m[one, ]))
  say(paste0("fatal-by-region/", one), count = m[one, "fatal"], base = sum(m[one, ]), percent.column = 100 * m[one, "fatal"] / sum(m[one, ]), low = inside[1], high = inside[2])
}
asked <- c("abuse", "illness", "drugs"); yes <- all[, asked] == 1
given <- sum(yes, na.rm = TRUE); some <- sum(rowSums(yes, na.rm = TRUE) > 0)
for (one in asked) {
  n <- sum(yes[, one], na.rm = TRUE); of <- sum(!is.na(yes[, one])); inside <- wilson(n, of)
  say(paste0("difficulties/", one), count = n, base = of, percent.column = 100 * n / of, percent.responding = 100 * n / some, percent.responses = 100 * n / given, low = inside[1], high = inside[2])
}
whole <- yes[complete.cases(yes), ]
counted <- function(at, n) { inside <- wilson(n, nrow(whole)); say(paste0("together/", at), count = n, base = nrow(whole), percent.column = 100 * n / nrow(whole), low = inside[1], high = inside[2]) }
for (one in asked) { counted(one, sum(whole[, one])); counted(paste0(one, "-only"), sum(whole[, one] & rowSums(whole) == 1)) }
for (pair in list(c(1, 2), c(1, 3), c(2, 3))) counted(paste(asked[pair], collapse = "-and-"), sum(rowSums(whole[, pair]) == 2 & rowSums(whole) == 2))
counted(paste(asked, collapse = "-and-"), sum(rowSums(whole) == 3)); counted("none", sum(rowSums(whole) == 0))

those <- known("abuse", "illness", "outcome")
for (k in 1:3) {
  group <- c(answers$outcome, "total")[k]; inside <- if (k == 3) those else those[those$outcome == k, ]; yes_of <- inside[, c("abuse", "illness")] == 1
  rows <- list("abuse-and-illness" = yes_of[, 1] & yes_of[, 2], "abuse-only" = yes_of[, 1] & !yes_of[, 2], "illness-only" = !yes_of[, 1] & yes_of[, 2],
               none = !yes_of[, 1] & !yes_of[, 2], abuse = yes_of[, 1], illness = yes_of[, 2])
  for (row in names(rows)) {
    n <- sum(rows[[row]]); within <- wilson(n, nrow(inside))
    say(paste0("together-by-outcome/", row, ".", group), count = n, base = nrow(inside), percent.column = 100 * n / nrow(inside), low = within[1], high = within[2])
  }
}

# Pairs: lift with the mean of the first cell at each end of the exact interval of the odds ratio, written out with dhyper and uniroot.
pair <- function(at, rows, one, other) {
  rows <- rows[complete.cases(rows[, c(one, other)]), ]; m <- crossed(rows, one, other); first <- sum(m[1, ]); second <- sum(m[, 1]); n <- sum(m)
  cells <- max(0, first + second - n):min(first, second)
  chance <- function(odds) { d <- dhyper(cells, first, n - first, second, log = TRUE) + cells * odds; d <- exp(d - max(d)); d / sum(d) }
  found <- function(f) uniroot(f, c(-8, 8), tol = 1e-15)$root
  mid <- found(function(one) sum(cells * chance(one)) - m[1, 1])
  low <- found(function(one) sum(chance(one)[cells >= m[1, 1]]) - 0.025); high <- found(function(one) sum(chance(one)[cells <= m[1, 1]]) - 0.025)
  lift <- function(cell) cell * n / (first * second)
  say(paste0(at, ".both"), value = m[1, 1]); say(paste0(at, ".first"), value = first); say(paste0(at, ".second"), value = second); say(paste0(at, ".base"), value = n)
  say(paste0(at, ".lift"), value = lift(m[1, 1]), low = lift(sum(cells * chance(low))), high = lift(sum(cells * chance(high))))
  say(paste0(at, ".phi"), value = cor(rows[[one]], rows[[other]])); say(paste0(at, ".odds-ratio"), value = exp(mid), low = exp(low), high = exp(high))
  p <- fisher.test(m)$p.value; say(paste0(at, ".p"), value = p); p
}
factors <- c("abuse", "illness", "drugs", "before", "after"); ats <- ps <- c()
for (two in combn(factors, 2, simplify = FALSE)) { at <- paste0("pairs/", two[1], "-with-", two[2]); ats <- c(ats, at); ps <- c(ps, pair(at, all, two[1], two[2])) }
for (k in seq_along(ats)) say(paste0(ats[k], ".adjusted-p"), value = p.adjust(ps, "holm")[k])
at <- "pairs-by-outcome/abuse-with-illness"; grouped <- known("outcome")
ats <- paste0(at, c("", "-in-fatal", "-in-harm")); ps <- c(pair(ats[1], grouped, "abuse", "illness"), pair(ats[2], grouped[grouped$outcome == 1, ], "abuse", "illness"), pair(ats[3], grouped[grouped$outcome == 2, ], "abuse", "illness"))
for (k in 1:3) say(paste0(ats[k], ".adjusted-p"), value = p.adjust(ps, "BH")[k])

# Burdens: how many of four factors, of the records of which all are known; then of all, what is certain and what is possible.
factors <- c("abuse", "illness", "drugs", "before")
for (k in 1:3) {
  inside <- if (k == 3) grouped else grouped[grouped$outcome == k, ]; yes_of <- inside[, factors] == 1; whole <- yes_of[complete.cases(yes_of), ]; many <- rowSums(whole)
  counted <- function(row, those) {
    n <- sum(those); within <- wilson(n, length(those))
    say(paste0("burden/", row, ".", c(answers$outcome, "total")[k]), count = n, base = length(those), percent.column = 100 * n / length(those), low = within[1], high = within[2])
  }
  for (one in 0:4) counted(paste0("exactly-", one), many == one)
  for (one in 1:3) counted(paste0("at-least-", one), many >= one)
  for (one in 1:4) {
    counted(paste0("at-least-", one, "-certain"), rowSums(yes_of, na.rm = TRUE) >= one); counted(paste0("at-least-", one, "-possible"), rowSums(yes_of | is.na(yes_of)) >= one)
  }
  for (one in factors) counted(one, whole[, one])
}
whole <- grouped[complete.cases(grouped[, factors]), ]; many <- rowSums(whole[, factors] == 1)
m <- table(factor(many, 0:4), factor(whole$outcome, 1:2)); chi_square("burden/chi-square", m); linear("burden/linear-by-linear", m)
found <- wilcox.test(many[whole$outcome == 1], many[whole$outcome == 2], exact = FALSE, correct = FALSE)
say("burden/mann-whitney", statistic = unname(found$statistic), p = found$p.value)

# Crosstabs.
m <- crossed(known("plan", "outcome"), "plan", "outcome"); slug <- "plan-by-outcome"
cells(slug, m)
ps <- c(chi_square(paste0(slug, "/chi-square"), m)$p.value)
likelihood_ratio(paste0(slug, "/likelihood-ratio"), m); linear(paste0(slug, "/linear-by-linear"), m)
say(paste0(slug, "/fisher"), p = fisher.test(m, workspace = 2e7)$p.value)
test(paste0(slug, "/cochran-armitage"), prop.trend.test(m[, 1], rowSums(m)))
long <- known("plan", "outcome")
found <- wilcox.test(long$plan[long$outcome == 1], long$plan[long$outcome == 2], exact = FALSE, correct = FALSE)
say(paste0(slug, "/mann-whitney"), statistic = unname(found$statistic), p = found$p.value)
test(paste0(slug, "/kruskal-wallis"), kruskal.test(plan ~ outcome, long))
cramer <- function(at, m) say(at, statistic = sqrt(unname(suppressWarnings(chisq.test(m, correct = FALSE))$statistic) / sum(m) / (min(dim(m)) - 1)))
cramer(paste0(slug, "/cramers-v"), m); measure(slug, m, names(ordinal))

m <- crossed(known("severity", "plan"), "severity", "plan"); slug <- "severity-by-plan"
cells(slug, m); chi_square(paste0(slug, "/chi-square"), m); likelihood_ratio(paste0(slug, "/likelihood-ratio"), m); linear(paste0(slug, "/linear-by-linear"), m)
test(paste0(slug, "/kruskal-wallis"), kruskal.test(severity ~ plan, known("severity", "plan")))
cramer(paste0(slug, "/cramers-v"), m); measure(slug, m, names(ordinal))
long <- known("severity", "plan")
say(paste0(slug, "/tau-b"), statistic = cor(long$severity, long$plan, method = "kendall"))

m <- crossed(known("abuse", "outcome"), "abuse", "outcome"); slug <- "abuse-by-outcome"
cells(slug, m); chi_square(paste0(slug, "/chi-square"), m); chi_square(paste0(slug, "/chi-square-yates"), m, TRUE)
likelihood_ratio(paste0(slug, "/likelihood-ratio"), m); say(paste0(slug, "/fisher"), p = fisher.test(m)$p.value)
odds <- glm(c(1, 0, 1, 0) ~ c(1, 1, 0, 0), binomial, weights = c(m["yes", ], m["no", ]), control = glm.control(epsilon = 1e-15))
on_log <- function(at, estimate, error) say(at, statistic = exp(estimate), low = exp(estimate - z * error), high = exp(estimate + z * error))
on_log(paste0(slug, "/odds-ratio"), coef(odds)[[2]], sqrt(vcov(odds)[2, 2]))
on_log(paste0(slug, "/risk-ratio"), log(m[1, 1] / sum(m[1, ])) - log(m[2, 1] / sum(m[2, ])), sqrt(sum(1 / m[, 1] - 1 / rowSums(m))))
# fisher.test finds its roots to 1e-4 only: the same equations, to rounding.
possible <- max(0, sum(m[1, ]) + sum(m[, 1]) - sum(m)):min(sum(m[1, ]), sum(m[, 1]))
chances <- function(odds) { d <- dhyper(possible, sum(m[1, ]), sum(m[2, ]), sum(m[, 1]), log = TRUE) + possible * odds; d <- exp(d - max(d)); d / sum(d) }
root <- function(f) exp(uniroot(f, c(-8, 8), tol = 1e-15)$root)
say(paste0(slug, "/odds-ratio-exact"), statistic = root(function(one) sum(possible * chances(one)) - m[1, 1]),
    low = root(function(one) sum(chances(one)[possible >= m[1, 1]]) - 0.025), high = root(function(one) sum(chances(one)[possible <= m[1, 1]]) - 0.025))
loose <- fisher.test(m); say(paste0(slug, "/odds-ratio-exact"), statistic.rough = unname(loose$estimate), low.rough = loose$conf.int[1], high.rough = loose$conf.int[2])
first <- wilson(m[1, 1], sum(m[1, ])); second <- wilson(m[2, 1], sum(m[2, ])); share <- 100 * m[, 1] / rowSums(m); apart <- share[[1]] - share[[2]]
say(paste0(slug, "/risk-difference"), statistic = apart, low = apart - sqrt((share[[1]] - first[1])^2 + (second[2] - share[[2]])^2),
    high = apart + sqrt((first[2] - share[[1]])^2 + (share[[2]] - second[1])^2))
long <- known("abuse", "outcome"); say(paste0(slug, "/phi"), statistic = cor(long$abuse, long$outcome))

rare <- known("setting", "region"); rare <- rare[rare$setting > 1, ]
m <- crossed(rare, "setting", "region"); m <- m[rowSums(m) > 0, ]; slug <- "setting-by-region"
cells(slug, m); chi_square(paste0(slug, "/chi-square"), m); say(paste0(slug, "/fisher"), p = fisher.test(m, workspace = 2e7)$p.value)
m <- crossed(known("before", "after"), "before", "after"); cells("before-by-after", m)
test("before-by-after/mcnemar", mcnemar.test(m, correct = FALSE))
few <- known("before", "after", "outcome", "region"); m <- crossed(few[few$outcome == 1 & few$region == 2, ], "before", "after"); cells("before-by-after-fatal", m)
say("before-by-after-fatal/mcnemar", p = binom.test(m[1, 2], m[1, 2] + m[2, 1])$p.value)

slug <- "abuse-by-outcome-by-region"; long <- known("abuse", "outcome", "region")
layers <- table(factor(long$abuse, 1:2), factor(long$outcome, 1:2), factor(long$region, 1:3))
cells(slug, crossed(long, "abuse", "outcome"))
for (k in 1:3) { chi_square(paste0(slug, "/chi-square@", answers$region[k]), layers[, , k]); cells(slug, crossed(long[long$region == k, ], "abuse", "outcome"), paste0(".", answers$region[k])) }
found <- mantelhaen.test(layers, correct = FALSE)
test(paste0(slug, "/mantel-haenszel"), found)
say(paste0(slug, "/mantel-haenszel-odds-ratio"), statistic = unname(found$estimate), low = found$conf.int[1], high = found$conf.int[2])
apart <- spread <- numeric(3)
for (k in 1:3) {
  t <- layers[, , k]; row <- sum(t[1, ]); column <- sum(t[, 1]); n <- sum(t)
  off <- function(a) log(a) + log(n - row - column + a) - log(row - a) - log(column - a) - log(found$estimate)
  a <- uniroot(off, c(max(0, row + column - n) + 1e-9, min(row, column) - 1e-9), tol = 1e-14)$root
  apart[k] <- t[1, 1] - a; spread[k] <- 1 / (1 / a + 1 / (row - a) + 1 / (column - a) + 1 / (n - row - column + a))
}
tarone <- sum(apart^2 / spread) - sum(apart)^2 / sum(spread)
say(paste0(slug, "/breslow-day"), statistic = tarone, df = 2, p = pchisq(tarone, 2, lower.tail = FALSE))

slug <- "plan-by-outcome-weighted"; long <- known("plan", "outcome", "weight")
m <- xtabs(weight ~ factor(plan, 1:3, answers$plan) + factor(outcome, 1:2, answers$outcome), long)
for (i in rownames(m)) for (j in colnames(m)) say(paste0(slug, "/", i, ".", j), weighted = m[i, j], percent.column = 100 * m[i, j] / sum(m[, j]))
fitted_cells(slug, m)
chi_square(paste0(slug, "/chi-square"), m); likelihood_ratio(paste0(slug, "/likelihood-ratio"), m); linear(paste0(slug, "/linear-by-linear"), m)
measure(slug, m, "gamma")

# Summaries.
summary_of <- function(slug, x, type, all = TRUE) {
  at <- function(measure) paste0(slug, ".", measure)
  quarters <- quantile(x, c(0.25, 0.5, 0.75), type = type, names = FALSE)
  values <- c(n = length(x), mean = mean(x), sd = sd(x), median = quarters[2], "lower-quartile" = quarters[1], "upper-quartile" = quarters[3], minimum = min(x), maximum = max(x), range = max(x) - min(x), sum = sum(x))
  for (name in names(values)[seq_len(if (all) 10 else 8)]) say(at(name), value = values[[name]])
}
long <- known("age", "plan")
for (k in 1:3) summary_of(paste0("ages/", answers$plan[k]), long$age[long$plan == k], 6)
summary_of("ages/total", long$age, 6); test("ages/kruskal-wallis", kruskal.test(age ~ plan, long))
long <- known("days", "outcome")
for (k in 1:2) summary_of(paste0("days/", answers$outcome[k]), long$days[long$outcome == k], 7, FALSE)
summary_of("days/total", long$days, 7, FALSE)
found <- wilcox.test(days ~ outcome, long, exact = FALSE, correct = FALSE)
say("days/mann-whitney", statistic = unname(found$statistic), p = found$p.value)
long <- known("days", "outcome", "weight")
for (k in 1:3) {
  those <- if (k == 3) TRUE else long$outcome == k
  x <- long$days[those]; w <- long$weight[those]; mean <- weighted.mean(x, w); at <- paste0("days-weighted/", c(answers$outcome, "total")[k])
  say(paste0(at, ".n"), value = length(x)); say(paste0(at, ".weighted-n"), value = sum(w)); say(paste0(at, ".mean"), value = mean)
  say(paste0(at, ".sd"), value = sqrt(sum(w * (x - mean)^2) / (sum(w) - 1))); say(paste0(at, ".sum"), value = sum(w * x))
}

# Families.
p_of <- function(...) as.numeric(unlist(lapply(c(...), function(at) said[[paste0(at, "/p")]])))
adjust <- function(method, ...) { at <- c(...); found <- p.adjust(p_of(at), method); for (k in seq_along(at)) say(at[k], adjusted = found[k]) }
adjust("holm", paste0("plan-by-outcome/", c("chi-square", "likelihood-ratio", "fisher", "linear-by-linear", "cochran-armitage", "mann-whitney", "kruskal-wallis", "gamma", "tau-b", "somers-d")),
  paste0("severity-by-plan/", c("chi-square", "likelihood-ratio", "linear-by-linear", "kruskal-wallis", "gamma", "tau-b", "somers-d")), "ages/kruskal-wallis")
adjust("BH", "setting-by-region/chi-square", "setting-by-region/fisher", paste0("abuse-by-outcome-by-region/", c(paste0("chi-square@", answers$region), "mantel-haenszel", "breslow-day")))
adjust("bonferroni", paste0("abuse-by-outcome/", c("chi-square", "chi-square-yates", "likelihood-ratio", "fisher")))

# Rates.
people <- rbind(c(210000, 30500, 9500), c(140000, 21000, 4000), c(260000, 18000, 7500)); per <- 1e5
crude <- function(slug, events) {
  for (k in 1:4) {
    those <- if (k == 4) 1:3 else k; at <- paste0(slug, "/", c(answers$region, "total")[k]); found <- poisson.test(sum(events[those]), sum(people[those, ]))
    say(paste0(at, ".events"), value = sum(events[those])); say(paste0(at, ".population"), value = sum(people[those, ]))
    say(paste0(at, ".rate"), value = per * unname(found$estimate), low = per * found$conf.int[1], high = per * found$conf.int[2])
  }
  test(paste0(slug, "/rate-homogeneity"), chisq.test(events, p = rowSums(people), rescale.p = TRUE))
}
m <- crossed(known("region", "outcome"), "region", "outcome"); crude("by-region", m[, "fatal"])
for (k in 2:3) {
  found <- poisson.test(c(m[k, "fatal"], m[1, "fatal"]), c(sum(people[k, ]), sum(people[1, ])))
  say(paste0("by-region/", answers$region[k], ".ratio"), value = unname(found$estimate), low = found$conf.int[1], high = found$conf.int[2])
}
m <- crossed(known("region", "plan"), "region", "plan"); standard <- colSums(people) / sum(people)
# The crude rates are of everybody whose region is known; the standardised, of those whose plan is known, too.
crude("by-region-standardised", table(factor(all$region, 1:3)))
for (k in 1:4) {
  those <- if (k == 4) 1:3 else k; counts <- colSums(m[those, , drop = FALSE]); weight <- standard / colSums(people[those, , drop = FALSE])
  rate <- sum(weight * counts); spread <- sum(weight^2 * counts); most <- max(weight)
  say(paste0("by-region-standardised/", c(answers$region, "total")[k], ".standardised"), value = per * rate, low = per * qgamma(0.025, rate^2 / spread, scale = spread / rate),
      high = per * qgamma(0.975, (rate + most)^2 / (spread + most^2), scale = (spread + most^2) / (rate + most)))
}

# Trends: 24 quarters from April 2003, new guidance before the 15th.
day <- as.Date(all$incident); quarter <- (as.integer(format(day, "%Y")) - 2003) * 4 + (as.integer(format(day, "%m")) - 4) %/% 3 + 1
trend <- function(slug, counts, season, people = rep(1, length(counts))) {
  time <- (seq_along(counts) - 1) / 4; after <- as.numeric(time >= 14 / 4); bend <- pmax(time - 14 / 4, 0)
  level <- if (season) factor((seq_along(counts) - 1) %% 4) else NULL
  shape <- if (season) counts ~ time + bend + after + level else counts ~ time + bend + after
  fit <- glm(shape, poisson, offset = log(people), control = glm.control(epsilon = 1e-15))
  r <- residuals(fit, "pearson"); df <- fit$df.residual; spread <- sum(r^2) / df; wider <- spread > 1
  v <- vcov(fit) * max(1, spread); b <- coef(fit); tail <- function(t) if (wider) 2 * pt(-abs(t), df) else 2 * pnorm(-abs(t))
  reach <- if (wider) qt(0.975, df) else z
  rows <- list(before = "time", "bend-guidance" = "bend", "step-guidance" = "after", "after-guidance" = c("time", "bend"))
  for (name in names(rows)) {
    taken <- as.numeric(names(b) %in% rows[[name]]); estimate <- sum(taken * b); error <- sqrt(drop(taken %*% v %*% taken))
    say(paste0(slug, "/", name, ".ratio"), value = exp(estimate), low = exp(estimate - reach * error), high = exp(estimate + reach * error))
    say(paste0(slug, "/", name, ".p"), value = tail(estimate / error))
  }
  both <- c("bend", "after"); wald <- drop(b[both] %*% solve(v[both, both]) %*% b[both])
  if (wider) say(paste0(slug, "/step-or-bend"), statistic = wald / 2, p = pf(wald / 2, 2, df, lower.tail = FALSE))
  else say(paste0(slug, "/step-or-bend"), statistic = wald, df = 2, p = pchisq(wald, 2, lower.tail = FALSE))
  say(paste0(slug, "/dispersion"), statistic = sum(r^2), df = df, p = pchisq(sum(r^2), df, lower.tail = FALSE))
  box <- Box.test(r, 4, "Ljung-Box"); test(paste0(slug, "/ljung-box"), box); say(paste0(slug, "/durbin-watson"), statistic = sum(diff(r)^2) / sum(r^2))
}
trend("quarters", as.vector(table(factor(quarter, 1:24))), FALSE)
trend("quarters-per-head", as.vector(table(factor(quarter, 1:24))), FALSE, 200000 + 1500 * (0:23))
trend("seasons", as.vector(table(factor(quarter[which(all$outcome == 1)], 1:24))), TRUE)

# Models.
model <- function(slug, frame, terms, profile) {
  tight <- glm.control(epsilon = 1e-15, maxit = 100); x <- do.call(cbind, terms); y <- frame$outcome == 1
  fit <- function(columns, held = 0, column = NULL) {
    offset <- if (is.null(column)) rep(0, length(y)) else held * x[, column]
    glm.fit(cbind(1, x[, columns, drop = FALSE]), y, offset = offset, family = binomial(), control = tight)
  }
  one <- function(columns, column, profiled) {
    best <- fit(columns); k <- match(column, columns) + 1; b <- best$coefficients[k]; error <- sqrt(chol2inv(best$qr$qr[1:(length(columns) + 1), , drop = FALSE])[k, k])
    if (!profiled) return(c(exp(c(b, b - z * error, b + z * error)), 2 * pnorm(-abs(b / error))))
    rest <- setdiff(columns, column); height <- function(held) fit(rest, held, column)$deviance - best$deviance
    end <- function(side) uniroot(function(held) height(held) - qchisq(0.95, 1), sort(c(b, b + side * 6 * error)), tol = 1e-13)$root
    c(exp(c(b, end(-1), end(1))), pchisq(height(0), 1, lower.tail = FALSE))
  }
  every <- colnames(x)
  for (column in every) {
    whole <- one(every, column, profile); alone <- one(attr(terms, "group")[[column]], column, profile)
    say(paste0(slug, "/", column, ".odds-ratio"), value = whole[[1]], low = whole[[2]], high = whole[[3]]); say(paste0(slug, "/", column, ".p"), value = whole[[4]])
    say(paste0(slug, "/", column, ".crude-odds-ratio"), value = alone[[1]], low = alone[[2]], high = alone[[3]])
  }
  null <- glm.fit(cbind(rep(1, length(y))), y, family = binomial(), control = tight); best <- fit(every)
  several <- attr(terms, "several"); without <- fit(setdiff(every, several))
  test <- c(null$deviance - best$deviance, without$deviance - best$deviance); df <- c(length(every), length(several))
  for (k in 1:2) say(paste0(slug, "/likelihood-ratio", c("", "-2")[k]), statistic = test[k], df = df[k], p = pchisq(test[k], df[k], lower.tail = FALSE))
}
long <- known("outcome", "plan", "abuse", "age"); plans <- c("plan-past", "plan-now")
terms <- list("plan-past" = long$plan == 2, "plan-now" = long$plan == 3, "abuse-yes" = long$abuse == 1, age = long$age / 5)
model("death", long, structure(terms, group = list("plan-past" = plans, "plan-now" = plans, "abuse-yes" = "abuse-yes", age = "age"), several = plans), TRUE)
long <- known("outcome", "region", "abuse"); regions <- c("region-middle", "region-south")
terms <- list("region-middle" = long$region == 2, "region-south" = long$region == 3, "abuse-yes" = long$abuse == 1)
model("death-by-wald", long, structure(terms, group = list("region-middle" = regions, "region-south" = regions, "abuse-yes" = "abuse-yes"), several = regions), FALSE)

# Agreement: kappa with the delta method's error, the rest pair by pair.
raters <- as.matrix(all[, c("first-rater", "second-rater", "third-rater")]); q <- 4; steps <- abs(outer(1:q, 1:q, "-"))
both <- raters[complete.cases(raters[, 1:2]), 1:2]; m <- unclass(table(factor(both[, 1], 1:q), factor(both[, 2], 1:q)))
kappa <- function(w) function(p) { chance <- sum(w * outer(rowSums(p), colSums(p))); (sum(w * p) - chance) / (1 - chance) }
for (one in list(list("kappa", diag(q)), list("kappa-linear", 1 - steps / (q - 1)), list("kappa-quadratic", 1 - (steps / (q - 1))^2))) {
  value <- kappa(one[[2]])(m / sum(m)); error <- delta_error(kappa(one[[2]]), m)
  say(paste0("two-raters/raters.", one[[1]]), value = value, low = value - z * error, high = value + z * error)
}
same <- sum(diag(m)); inside <- wilson(same, sum(m)); p <- (rowSums(m) + colSums(m)) / 2 / sum(m)
say("two-raters/raters.percent", value = 100 * same / sum(m), low = inside[1], high = inside[2])
say("two-raters/raters.pabak", value = (q * same / sum(m) - 1) / (q - 1)); say("two-raters/raters.scott-pi", value = (same / sum(m) - sum(p^2)) / (1 - sum(p^2)))
several <- raters[rowSums(!is.na(raters)) > 1, ]; any <- raters[rowSums(!is.na(raters)) > 0, ]
matched <- function(w) mean(apply(several, 1, function(given) { given <- given[!is.na(given)]; near <- w[given, given]; (sum(near) - sum(diag(near))) / (length(given) * (length(given) - 1)) }))
share <- function(rows) { of <- t(apply(rows, 1, function(given) tabulate(given[!is.na(given)], q) / sum(!is.na(given)))); colMeans(of) }
say("raters/raters.percent", value = 100 * matched(diag(q)))
chance <- sum(share(several)^2); say("raters/raters.fleiss-kappa", value = (matched(diag(q)) - chance) / (1 - chance))
gwet <- function(w) { chance <- sum(w) / (q * (q - 1)) * sum(share(any) * (1 - share(any))); (matched(w) - chance) / (1 - chance) }
say("raters/raters.gwet-ac1", value = gwet(diag(q))); say("raters/raters.gwet-ac2", value = gwet(1 - choose(steps + 1, 2) / choose(q, 2)))
totals <- tabulate(several[!is.na(several)], q)
far <- outer(1:q, 1:q, Vectorize(function(c, k) (sum(totals[min(c, k):max(c, k)]) - (totals[c] + totals[k]) / 2)^2))
seen <- sum(apply(several, 1, function(given) { given <- given[!is.na(given)]; sum(far[given, given]) / (length(given) - 1) })) / sum(totals)
say("raters/raters.krippendorff-alpha", value = 1 - seen / (sum(far * outer(totals, totals)) / (sum(totals) * (sum(totals) - 1))))

lines <- sprintf("  \"%s\": %s", names(said), said)
cat("{\n \"program\": \"", R.version.string, "\",\n \"values\": {\n", paste(lines, collapse = ",\n"), "\n }\n}\n", sep = "")
