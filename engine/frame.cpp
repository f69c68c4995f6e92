#include "engine/frame.h"

namespace duenotice {

Frame Frame::restricted(unsigned wanted) const {
    Frame result;
    if ((wanted & bind::entity) != 0) result.entity = entity;
    if ((wanted & bind::population) != 0) result.population = population;
    if ((wanted & bind::place) != 0) result.place = place;
    if ((wanted & bind::contract) != 0) result.contract = contract;
    if ((wanted & bind::event) != 0) result.event = event;
    if ((wanted & bind::series) != 0) result.series = series;
    if ((wanted & bind::member) != 0) result.member = member;
    return result;
}

unsigned Frame::bindings() const {
    unsigned result = 0;
    if (entity >= 0) result |= bind::entity;
    if (population >= 0) result |= bind::population;
    if (place >= 0) result |= bind::place;
    if (contract >= 0) result |= bind::contract;
    if (event >= 0) result |= bind::event;
    if (series >= 0) result |= bind::series;
    if (member >= 0) result |= bind::member;
    return result;
}

}  // namespace duenotice
