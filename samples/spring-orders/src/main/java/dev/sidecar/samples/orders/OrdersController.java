package dev.sidecar.samples.orders;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Lists orders and takes new ones, each reserved with the inventory first. */
@RestController
class OrdersController {

    private static final Logger log = LoggerFactory.getLogger(OrdersController.class);

    private final List<Order> orders = new CopyOnWriteArrayList<>();
    private final Inventory inventory;

    OrdersController(Inventory inventory) {
        this.inventory = inventory;
    }

    @GetMapping("/orders")
    Map<String, List<Order>> orders() {
        return Map.of("orders", orders);
    }

    @PostMapping(path = "/orders")
    ResponseEntity<?> place(@RequestBody Order order) {
        ResponseEntity<String> reserved = inventory.reserve(order);
        log.atInfo()
                .addKeyValue("sku", order.sku())
                .addKeyValue("quantity", order.quantity())
                .addKeyValue("status", reserved.getStatusCode().value())
                .log("order");
        if (!reserved.getStatusCode().is2xxSuccessful()) {
            return reserved;
        }
        orders.add(order);
        return ResponseEntity.status(201).body(order);
    }
}
