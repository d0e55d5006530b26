package io.yotposync.sample.shop;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page's API; {@code ?site=} says on which site the shopper is. */
@RestController
@RequestMapping("/api/customers")
class CustomerController {

    private final ShopCustomers customers;

    CustomerController(ShopCustomers customers) {
        this.customers = customers;
    }

    @GetMapping
    List<CustomerView> list() {
        return customers.newest();
    }

    @GetMapping("/{id}")
    ResponseEntity<CustomerView> one(@PathVariable("id") long id) {
        return ResponseEntity.of(customers.view(id));
    }

    @PostMapping
    ResponseEntity<Map<String, String>> register(@RequestBody CustomerForm form) {
        if (form.email() == null) {
            return ResponseEntity.badRequest().body(Map.of("message", "an e-mail address is needed to register"));
        }
        String id = String.valueOf(customers.register(form));
        return ResponseEntity.created(URI.create("/api/customers/" + id)).body(Map.of("id", id));
    }

    @PutMapping("/{id}")
    ResponseEntity<Void> edit(@PathVariable("id") long id, @RequestBody CustomerForm form) {
        return answer(customers.edit(id, form));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable("id") long id) {
        return answer(customers.delete(id));
    }

    private static ResponseEntity<Void> answer(boolean found) {
        return found
                ? ResponseEntity.noContent().build()
                : ResponseEntity.notFound().build();
    }
}
