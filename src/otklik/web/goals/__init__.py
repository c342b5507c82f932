"""Goals on screen: cycles, objectives, key results, check-ins and meetings."""
