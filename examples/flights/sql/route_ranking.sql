with routes as (
  select origin, destination, count(*) as flights, avg(delay) as mean_delay_minutes
  from silver.flights
  where flight_date between :start_date and :end_date
  group by origin, destination
)
select
  origin,
  destination,
  flights,
  mean_delay_minutes,
  row_number() over (order by flights desc, origin, destination) as rank
from routes
order by rank
limit 100
