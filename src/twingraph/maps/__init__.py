"""Maps: a scope of the network as one page that opens offline; see :func:`twingraph.maps.build.build_map`."""
