# Values of R for tests/stats: Rscript tests/stats/oracle.R > tests/stats/oracle_r.json
# Needs r-base-core, r-cran-survival, r-cran-jsonlite; the tests read the committed JSON and need no R.
suppressPackageStartupMessages({library(survival); library(jsonlite)})

curve <- function(fit, p = c(0.25, 0.5, 0.75, 0.9)) {
  q <- quantile(fit, probs = p)
  list(time = fit$time[fit$n.event > 0], surv = fit$surv[fit$n.event > 0],
       low = fit$lower[fit$n.event > 0], high = fit$upper[fit$n.event > 0],
       n_at_risk = fit$n.risk[fit$n.event > 0], n_events = fit$n.event[fit$n.event > 0],
       p = p, quantile = unname(q$quantile), quantile_low = unname(q$lower), quantile_high = unname(q$upper))
}
lung2 <- lung[, c("time", "status", "sex")]
heart2 <- heart[, c("start", "stop", "event")]
mgus <- with(mgus2, data.frame(etime = ifelse(pstat == 0, futime, ptime), event = ifelse(pstat == 0, 2 * death, 1)))
weight <- rep(c(1, 2, 0.5, 3), length.out = nrow(lung2))

lung_fit <- survfit(Surv(time, status) ~ 1, data = lung2, conf.type = "log-log")
rmst <- summary(lung_fit, rmean = 500)$table
heart_fit <- survfit(Surv(start, stop, event) ~ 1, data = heart2, conf.type = "log-log")
weighted_fit <- survfit(Surv(time, status) ~ 1, data = lung2, weights = weight, conf.type = "log-log")
rival_fit <- survfit(Surv(etime, factor(event, 0:2, c("censor", "pcm", "death"))) ~ 1, data = mgus)
rival_at <- summary(rival_fit, times = c(60, 120, 240, 360))

out <- list(
  about = paste(R.version.string, "survival", as.character(packageVersion("survival"))),
  lung = c(list(all_time = lung2$time, observed = lung2$status == 2, rmean = unname(rmst["rmean"]),
                rmean_se = unname(rmst["se(rmean)"])), curve(lung_fit)),
  heart = c(list(start = heart2$start, stop = heart2$stop, observed = heart2$event == 1), curve(heart_fit, c(0.25, 0.5))),
  weighted = c(list(weight = weight), curve(weighted_fit)),
  mgus2 = list(time = mgus$etime, outcome = mgus$event, at = rival_at$time,
               pcm = rival_at$pstate[, 2], death = rival_at$pstate[, 3],
               se_pcm = rival_at$std.err[, 2], se_death = rival_at$std.err[, 3]),
  nile = as.numeric(Nile),
  wilson = list(hits = c(45, 1, 0, 50, 7), n = c(50, 10, 20, 50, 31),
                low = mapply(function(k, n) prop.test(k, n, correct = FALSE)$conf.int[1], c(45, 1, 0, 50, 7), c(50, 10, 20, 50, 31)),
                high = mapply(function(k, n) prop.test(k, n, correct = FALSE)$conf.int[2], c(45, 1, 0, 50, 7), c(50, 10, 20, 50, 31))),
  quantiles = list(values = c(3, 1, 4, 1.5, 9, 2.6, 5, 3.5, 8, 9.7), p = c(0, 0.1, 0.25, 0.5, 0.9, 0.95, 1),
                   type1 = unname(quantile(c(3, 1, 4, 1.5, 9, 2.6, 5, 3.5, 8, 9.7), c(0, 0.1, 0.25, 0.5, 0.9, 0.95, 1), type = 1)),
                   type7 = unname(quantile(c(3, 1, 4, 1.5, 9, 2.6, 5, 3.5, 8, 9.7), c(0, 0.1, 0.25, 0.5, 0.9, 0.95, 1), type = 7))),
  bh = list(p = c(0.01, 0.02, 0.03, 0.04, 0.05, 0.2, 0.9), adjusted = p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05, 0.2, 0.9), "BH")),
  qbinom = list(q = c(0.025, 0.975, 0.025, 0.975, 0.5), n = c(100, 100, 1000, 1000, 7), p = c(0.5, 0.5, 0.9, 0.9, 0.3),
                k = qbinom(c(0.025, 0.975, 0.025, 0.975, 0.5), c(100, 100, 1000, 1000, 7), c(0.5, 0.5, 0.9, 0.9, 0.3)))
)
cat(toJSON(out, digits = 15, auto_unbox = TRUE, na = "null"), "\n")
