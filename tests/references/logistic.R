# What R makes of tests/references/logistic.csv: glm, the profile intervals of MASS, and Firth's penalty written out in R's own words.
#     Rscript logistic.R > logistic.json
suppressMessages(library(MASS))
records <- read.csv("logistic.csv")
records$plan <- factor(records$plan, levels = c("never", "past", "now"))
records$abuse <- factor(records$abuse, levels = c("no", "yes"))
design <- function(rows) model.matrix(~ plan + abuse + age, rows)
tight <- glm.control(epsilon = 1e-15, maxit = 100)

likelihood <- function(beta, x, rows, penalised) {
  chance <- plogis(drop(x %*% beta))
  height <- sum(rows$events * log(chance) + (rows$n - rows$events) * log1p(-chance))
  if (!penalised) return(height)
  height + as.numeric(determinant(crossprod(x, x * rows$n * chance * (1 - chance)))$modulus) / 2
}

firth <- function(x, rows, held = NULL, at = 0) {
  beta <- rep(0, ncol(x)); free <- setdiff(seq_len(ncol(x)), held); beta[held] <- at
  for (turn in 1:20000) {
    chance <- plogis(drop(x %*% beta)); weight <- rows$n * chance * (1 - chance)
    inverse <- solve(crossprod(x, x * weight))
    hat <- weight * rowSums((x %*% inverse) * x)
    score <- drop(crossprod(x, rows$events - rows$n * chance + hat * (0.5 - chance)))
    step <- drop(solve(crossprod(x, x * weight)[free, free, drop = FALSE], score[free]))
    if (max(abs(step)) > 1) step <- step / max(abs(step))
    beta[free] <- beta[free] + step
    if (max(abs(step)) < 1e-14) break
  }
  list(beta = beta, height = likelihood(beta, x, rows, TRUE), error = sqrt(diag(inverse)))
}

firth_ends <- function(x, rows, whole, term, side) {
  apart <- function(at) 2 * (whole$height - firth(x, rows, term, at)$height) - qchisq(0.95, 1)
  near <- whole$beta[term]; far <- near + side * 2 * whole$error[term]
  while (apart(far) < 0) far <- far + side * whole$error[term]
  uniroot(apart, sort(c(near, far)), tol = 1e-13)$root
}

numbers <- function(values) paste0("[", paste(sprintf("%.15g", values), collapse = ", "), "]")
line <- function(name, values) cat(sprintf("  \"%s\": %s,\n", name, numbers(values)))

cat("{\n")
whole <- glm(cbind(events, n - events) ~ plan + abuse + age, binomial, records, control = tight)
empty <- glm(cbind(events, n - events) ~ 1, binomial, records, control = tight)
line("estimates", coef(whole))
line("errors", sqrt(diag(vcov(whole))))
line("wald-p", summary(whole)$coefficients[, 4])
x <- design(records)
deviance_without <- function(term) {
  glm.fit(x[, -term], cbind(records$events, records$n - records$events), family = binomial(), control = tight)$deviance
}
ratios <- sapply(2:5, deviance_without) - whole$deviance
line("profile-p", pchisq(ratios, 1, lower.tail = FALSE))
line("likelihood-ratio", c(empty$deviance - whole$deviance, pchisq(empty$deviance - whole$deviance, 4, lower.tail = FALSE)))
profile_end <- function(term, side) {
  held <- function(at) glm.fit(x[, -term], cbind(records$events, records$n - records$events), offset = x[, term] * at,
                               family = binomial(), control = tight)$deviance
  near <- coef(whole)[term]; far <- near + side * 6 * sqrt(diag(vcov(whole)))[term]
  uniroot(function(at) held(at) - whole$deviance - qchisq(0.95, 1), sort(c(near, far)), tol = 1e-13)$root
}
line("profile-low", sapply(2:5, profile_end, side = -1))
line("profile-high", sapply(2:5, profile_end, side = 1))
mass <- suppressMessages(confint(whole))
line("mass-low", mass[-1, 1]); line("mass-high", mass[-1, 2])

penalised <- firth(x, records)
line("firth-estimates", penalised$beta)
line("firth-low", sapply(2:5, function(term) firth_ends(x, records, penalised, term, -1)))
line("firth-high", sapply(2:5, function(term) firth_ends(x, records, penalised, term, 1)))
line("firth-p", sapply(2:5, function(term) {
  pchisq(2 * (penalised$height - firth(x, records, term, 0)$height), 1, lower.tail = FALSE)
}))
apart <- records; apart$events[apart$plan == "now"] <- apart$n[apart$plan == "now"]
separated <- firth(x, apart)
line("separated-estimates", separated$beta)
line("separated-low", sapply(2:5, function(term) firth_ends(x, apart, separated, term, -1)))
line("separated-high", sapply(2:5, function(term) firth_ends(x, apart, separated, term, 1)))
cat(sprintf("  \"program\": \"%s, MASS %s\"\n}\n", R.version.string, packageVersion("MASS")))
